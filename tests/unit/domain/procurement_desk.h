// A purchaser's desk beside the bureau's: every source freshly read, organizations in good standing, receipts
// and awards for one project whose cut-off lies ahead. Each test changes what it is about.
#ifndef CHENGXIN_TESTS_UNIT_DOMAIN_PROCUREMENT_DESK_H_
#define CHENGXIN_TESTS_UNIT_DOMAIN_PROCUREMENT_DESK_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "chengxin/v1/award_service.pb.h"
#include "chengxin/v1/eligibility_service.pb.h"
#include "tests/support/bureau.h"

namespace chengxin {

class ProcurementDesk {
 public:
  // It is 10:00 on 2026-11-24; the cut-off is 17:00 on 2026-11-30.
  ProcurementDesk();

  // Reads every source of the catalogue completely, as of now.
  void ReadSources();
  void SetNow(std::string_view text);  // "2026-11-24 10:00:00" in Shanghai
  std::string Register(int number) { return bureau.Register(number); }

  v1::CertifyRequest Query(const std::vector<std::string>& codes,
                           v1::ReceiptSubject subject = v1::RECEIPT_SUBJECT_ORGANIZATION,
                           v1::QueryPurpose purpose = v1::QUERY_PURPOSE_AWARD);
  // Certified by the purchaser; ends the test program where it is refused.
  v1::Receipt Certify(const v1::CertifyRequest& request);
  v1::Receipt Certify(const std::string& code) { return Certify(Query({code})); }

  // A contract of 2027 for 100,000.00 yuan with one contractor, renewable.
  v1::CreateAwardRequest Draft(const std::vector<std::string>& codes, const v1::Receipt& receipt);
  v1::Award Award(const v1::CreateAwardRequest& request);
  // Certified and awarded to one contractor.
  v1::Award Awarded(const std::string& code) { return Award(Draft({code}, Certify(code))); }
  // A year from `starts_on` for a price, on a new receipt for the renewal, certified ten days before.
  v1::RenewAwardRequest Renewal(const v1::Award& award, std::string_view starts_on, std::string_view ends_on,
                                int64_t price_fen);
  v1::CloseAwardRequest Closing(const v1::Award& award);

  absl::StatusOr<domain::Decision> Do(const domain::Command& command) {
    return bureau.Do(Purchaser(), command);
  }
  // As it is now.
  v1::Award Current(const v1::Award& award) const;

  static v1::Principal Purchaser(std::string_view unit = "purchasers/wuhua-mz");
  static v1::Principal Agency();

  Bureau bureau;

 private:
  int contract_ = 88;  // the number of the next contract
};

absl::Time ShanghaiTime(std::string_view text);

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_UNIT_DOMAIN_PROCUREMENT_DESK_H_
