// A civil-affairs bureau at its desk: commands are validated, decided and folded as the engine does it, on a
// day that the test sets, without engine or store.
#ifndef CHENGXIN_TESTS_SUPPORT_BUREAU_H_
#define CHENGXIN_TESTS_SUPPORT_BUREAU_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "domain/decide.h"
#include "domain/uscc.h"
#include "tests/support/memory_view.h"

namespace chengxin {

// 49,999.99 and 50,000.00 yuan: the border of the two lists (rule 24).
inline constexpr int64_t kSmallFine = 4'999'999;
inline constexpr int64_t kBorderFine = 5'000'000;

class Bureau {
 public:
  // The deployed catalogue is in force. It is 10:00 in Shanghai on 2026-11-24.
  Bureau();
  // No catalogue yet.
  struct Empty {};
  explicit Bureau(Empty) : Bureau(std::shared_ptr<const domain::CompiledCatalogue>()) {}

  void SetNow(absl::Time now) { now_ = now; }
  // 10:00 in Shanghai on a day, as YYYY-MM-DD.
  void SetDay(std::string_view day);
  absl::Time now() const { return now_; }
  uint64_t revision() const { return revision_; }

  // Validates, decides and folds. A refusal is in the decision.
  absl::StatusOr<domain::Decision> Do(const v1::Principal& principal, const domain::Command& command);
  // The same; where the command is refused, its reason and message as a status.
  absl::StatusOr<domain::Decision> Try(const v1::Principal& principal, const domain::Command& command);

  // The code of an organization of 五华区, of a category ("1" to "9").
  static domain::Uscc CodeOf(int number, std::string_view category = "2", int division = 530102);
  // An active 民办非企业单位 registered with 五华区民政局.
  static v1::Organization OrganizationOf(int number);
  v1::ImportOrganizationsRequest Batch(std::vector<v1::Organization> rows);
  // Imports one organization and answers its code.
  std::string Register(int number);

  // A penalty of a fine (or, with 0 fen, a warning) decided on a day, as its filing has it; with a listing
  // decision of the same day where `ground` is not empty.
  v1::CreateRecordRequest Penalty(std::string_view code, int64_t fine_fen, std::string_view decided_on,
                                  std::string_view ground = {});
  // A filing of any content.
  v1::CreateRecordRequest Filing(std::string_view code, v1::CreditRecord record);
  v1::ImportRecordsRequest Records(std::string_view source, std::string_view code,
                                   std::vector<v1::CreditRecord> records);
  // Puts an outcome in place that no command of the test made.
  void Fold(const log::v1::Event& event) { view_.Fold(event); }

  // As MemoryView's.
  void PutSealedParts(const std::string& name, std::vector<log::v1::SealedPlace> places) {
    view_.PutSealedParts(name, std::move(places));
  }

  const MemoryView& view() const { return view_; }
  std::vector<v1::Listing> Listings(std::string_view code) const { return *view_.ListListings(code); }
  std::vector<v1::CreditRecord> RecordsOf(std::string_view code) const { return *view_.ListRecords(code); }

  std::string NextRequestId() { return "request-" + std::to_string(++requests_); }

  // An organization itself, by its own code.
  static v1::Principal Own(std::string_view code);
  static v1::Principal Wuhua();
  // Of the same authority: who takes complaints in and opens its cases, and a second officer to decide.
  static v1::Principal WuhuaIntake();
  static v1::Principal WuhuaSecond();
  static v1::Principal Panlong();
  // The job that delivers the source.
  static v1::Principal Sync(std::string_view source = "sources/registry-kunming");
  static v1::Principal Admin();
  static v1::Principal Public();

 private:
  explicit Bureau(std::shared_ptr<const domain::CompiledCatalogue> catalogue);

  MemoryView view_;
  absl::Time now_;
  uint64_t revision_ = 0;
  int requests_ = 0;
  int decisions_ = 0;
};

// The reason of a refusal as ErrorInfo carries it, for example "GROUND_MISMATCH"; empty where there is none.
std::string ReasonOf(const absl::Status& status);
std::string ReasonOf(const absl::StatusOr<domain::Decision>& decision);
// An entry of the refusal's metadata; empty where there is none.
std::string MetadataOf(const absl::StatusOr<domain::Decision>& decision, const std::string& key);
// The paths of the fields that a status names.
std::vector<std::string> FieldsOf(const absl::Status& status);

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_SUPPORT_BUREAU_H_
