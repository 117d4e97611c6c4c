// The sample's organizations: invented ones of Kunming, and real public codes of elsewhere.
#ifndef CHENGXIN_CLIENT_SAMPLE_ORGANIZATIONS_H_
#define CHENGXIN_CLIENT_SAMPLE_ORGANIZATIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/types/span.h"
#include "chengxin/v1/organization.pb.h"
#include "client/sample/names.h"
#include "client/sample/random.h"

namespace chengxin::sample {

// The first organizations have parts in the story: active legal persons, of which nothing adverse is
// generated.
inline constexpr size_t kStoryOrganizations = 3;
// Most organizations that are generated.
inline constexpr size_t kMaximumOrganizations = 20'000'000;

// Invents organizations one after another, always the same ones for the same seed. Not thread-safe.
class Organizations {
 public:
  explicit Organizations(uint64_t seed) : random_(seed) {}

  // Fills `organization` with the next one; both check characters of its code are right.
  void Next(v1::Organization& organization);

 private:
  std::string Code(const Place& place, char category, std::string_view established_on);

  Random random_;
  Names names_;
  size_t count_ = 0;
};

// A real organization of which a code is public.
struct PublicOrganization {
  std::string_view code;
  std::string_view name;       // empty where it was not given
  std::string_view authority;  // id in the catalogue
};

// Nothing but code, name and authority is known of them; what else a register row must hold is a placeholder.
absl::Span<const PublicOrganization> PublicOrganizations();
v1::Organization ToRow(const PublicOrganization& organization);

// A valid invented code of a division that no register of the sample covers.
std::string CodeOutsideCoverage();

}  // namespace chengxin::sample

#endif  // CHENGXIN_CLIENT_SAMPLE_ORGANIZATIONS_H_
