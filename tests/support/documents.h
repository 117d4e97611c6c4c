// The documents that purchasers, organizations and officers hand in (通报, 告知书, 决定书, 申请书), complete
// as the law asks for them; who hands one in gives it a request_id.
#ifndef CHENGXIN_TESTS_SUPPORT_DOCUMENTS_H_
#define CHENGXIN_TESTS_SUPPORT_DOCUMENTS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "chengxin/v1/case_service.pb.h"
#include "chengxin/v1/record_service.pb.h"
#include "domain/civil_day.h"

namespace chengxin {

class Documents {
 public:
  // `today` tells the day on which each is written.
  explicit Documents(std::function<domain::CivilDay()> today) : today_(std::move(today)) {}

  static v1::Evidence Proof(std::string_view title);
  v1::Service DirectService() const;
  // A purchaser's report on its contract KMWH-2026-031.
  v1::OpenCaseRequest ReportOn(std::string_view code) const;
  // A notice on a ground, served directly today; no ground: no listing is intended.
  v1::CaseNotice NoticeOn(std::string_view ground);
  // A decision of today with all that rule 23 asks for.
  v1::DecideCaseRequest DecisionOn(v1::CaseFinding finding, std::string_view ground = "");
  v1::FileApplicationRequest ApplicationOn(v1::ApplicationKind kind, const std::string& item) const;
  // A penalty of `fine_fen` decided on the day, the `decision`th, with a listing decision on `ground` where
  // that is not empty.
  static v1::CreateRecordRequest PenaltyOn(std::string_view code, int64_t fine_fen, std::string_view ground,
                                           std::string_view decided_on, int decision);

 private:
  std::string Today() const { return today_().ToString(); }

  const std::function<domain::CivilDay()> today_;
  int documents_ = 0;
};

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_SUPPORT_DOCUMENTS_H_
