// Invented names: put together from word lists, none of them a known organization's.
#ifndef CHENGXIN_CLIENT_SAMPLE_NAMES_H_
#define CHENGXIN_CLIENT_SAMPLE_NAMES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"

namespace chengxin::sample {

// A registering authority of the sample and what its organizations are called after.
struct Place {
  std::string_view authority;        // id in the catalogue
  std::string_view name;             // 五华区
  std::string_view division;         // positions 3 to 8 of the codes it gives
  std::string_view former_division;  // of codes given before the division was renamed; empty for none
  std::string_view renamed_on;       // first day of the present division, YYYY-MM-DD; empty for none
};

// The municipality and its 14 counties and districts.
absl::Span<const Place> Places();

// Gives out names, each once. Not thread-safe.
class Names {
 public:
  Names();

  // A name of an organization of a place; `category` is the second character of its code, `choice` any
  // number.
  std::string Next(size_t place, char category, uint64_t choice);

 private:
  // How many names were given out, by place and ending.
  std::vector<size_t> given_;
};

// An invented domicile, as 昆明市五华区映禾路12号.
std::string Domicile(size_t place, uint64_t choice);
// A supervising unit (业务主管单位), by office and not by name; empty for those that register directly.
std::string SupervisingUnit(size_t place, uint64_t choice);

}  // namespace chengxin::sample

#endif  // CHENGXIN_CLIENT_SAMPLE_NAMES_H_
