// Whether the rows that the procedure follows agree with themselves and with the grounds.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "base/strings.h"
#include "chengxin/v1/award.pb.h"
#include "domain/catalogue_check.h"
#include "domain/catalogue_rows.h"

namespace chengxin::domain {

namespace {

// Limits of what a procedure may set; 0 stands for the documented default.
constexpr int kMaximumWorkingDays = 250;
constexpr int kMaximumReceiptWindowDays = 366;

class ProcedureChecker : private RowChecks {
 public:
  ProcedureChecker(const v1::Catalogue& catalogue, FieldViolations& violations)
      : RowChecks(violations), catalogue_(catalogue) {}

  void Run() {
    for (int i = 0; i < catalogue_.conduct_types_size(); ++i) CheckConductType(i);
    for (int i = 0; i < catalogue_.display_classes_size(); ++i) CheckDisplayClass(i);
    if (catalogue_.has_procedure()) CheckProcedure(catalogue_.procedure());
  }

 private:
  bool IsListingGround(std::string_view id) const {
    return std::any_of(catalogue_.grounds().begin(), catalogue_.grounds().end(),
                       [&](const v1::Ground& ground) {
                         return ground.id() == id && ground.origin() == v1::GROUND_ORIGIN_LISTING;
                       });
  }

  void CheckConductType(int index) {
    const v1::ConductType& type = catalogue_.conduct_types(index);
    const std::string at = StrCat("conduct_types[", index, "]");
    Require(IsLowerId(type.id()), at + ".id", kExpectedId);
    Require(!type.zh().empty(), at + ".zh", kMissing);
    Require(!type.en().empty(), at + ".en", kMissing);
    Require(type.ground().empty() || IsListingGround(type.ground()), at + ".ground",
            StrCat(type.ground(), "不是目录中两个名单的列入情形 (", type.ground(),
                   " is no ground of the two lists in the catalogue)"));
    CheckBasis(type.legal_basis(), type.has_legal_basis(), at + ".legal_basis");
    CheckValidity(type.id(), type.validity(), conduct_days_, at + ".validity");
  }

  void CheckDisplayClass(int index) {
    const v1::DisplayClass& row = catalogue_.display_classes(index);
    const std::string at = StrCat("display_classes[", index, "]");
    Require(IsLowerId(row.id()), at + ".id", kExpectedId);
    Require(display_ids_.insert(row.id()).second, at + ".id", "重复 (stands twice)");
    Require(!row.zh().empty(), at + ".zh", kMissing);
    Require(!row.maximum_display().empty(), at + ".maximum_display", kMissing);
    CheckPeriod(row.maximum_display(), at + ".maximum_display");
    CheckPeriod(row.minimum_period(), at + ".minimum_period");
    for (const int kind : row.kinds()) {
      Require(kind != v1::PENALTY_KIND_UNSPECIFIED && v1::PenaltyKind_IsValid(kind), at + ".kinds",
              "未知的处罚种类 (unknown kind of penalty)");
    }
    const int64_t least = row.fine_at_least_fen();
    const int64_t below = row.fine_below_fen();
    Require(least >= 0 && below >= 0 && (below == 0 || least < below), at + ".fine_below_fen",
            "罚款上下限颠倒 (the bounds of the fine are not in order)");
    CheckBasis(row.legal_basis(), row.has_legal_basis(), at + ".legal_basis");
  }

  void CheckDays(int32_t value, int most, std::string_view field) {
    Require(value >= 0 && value <= most, StrCat("procedure.", field),
            StrCat("应为0（默认）至", most, "日 (expected 0, the default, to ", most, " days)"));
  }

  void CheckProcedure(const v1::Procedure& procedure) {
    CheckDays(procedure.accept_working_days(), kMaximumWorkingDays, "accept_working_days");
    CheckDays(procedure.statement_working_days(), kMaximumWorkingDays, "statement_working_days");
    CheckDays(procedure.decision_working_days(), kMaximumWorkingDays, "decision_working_days");
    CheckDays(procedure.application_acceptance_working_days(), kMaximumWorkingDays,
              "application_acceptance_working_days");
    CheckDays(procedure.application_answer_working_days(), kMaximumWorkingDays,
              "application_answer_working_days");
    CheckDays(procedure.objection_answer_working_days(), kMaximumWorkingDays,
              "objection_answer_working_days");
    CheckDays(procedure.removal_working_days(), kMaximumWorkingDays, "removal_working_days");
    CheckDays(procedure.withdrawal_working_days(), kMaximumWorkingDays, "withdrawal_working_days");
    CheckDays(procedure.receipt_window_days(), kMaximumReceiptWindowDays, "receipt_window_days");
    CheckPeriod(procedure.announcement_period(), "procedure.announcement_period");
    CheckPeriod(procedure.review_period(), "procedure.review_period");
    CheckPeriod(procedure.litigation_period(), "procedure.litigation_period");
    CheckPeriod(procedure.escalation_period(), "procedure.escalation_period");
    CheckPeriod(procedure.escalation_lead(), "procedure.escalation_lead");
    CheckEscalationGround(procedure.escalation_ground());
    for (int i = 0; i < procedure.public_award_fields_size(); ++i) {
      const std::string& field = procedure.public_award_fields(i);
      Require(v1::Award::descriptor()->FindFieldByName(field) != nullptr,
              StrCat("procedure.public_award_fields[", i, "]"),
              StrCat(field, "不是Award的字段 (", field, " is no field of an Award)"));
    }
    // Rule 26: software does not list by itself unless a provision says so.
    if (procedure.has_legal_basis() || procedure.escalation_automatic()) {
      CheckBasis(procedure.legal_basis(), procedure.has_legal_basis(), "procedure.legal_basis");
    }
  }

  // Whoever escalates leaves the abnormal list for the severe one.
  void CheckEscalationGround(const std::string& id) {
    if (id.empty()) return;
    const bool fits =
        std::any_of(catalogue_.grounds().begin(), catalogue_.grounds().end(), [&](const v1::Ground& ground) {
          return ground.id() == id && ground.list() == v1::LIST_KIND_SEVERE && ground.moves_from_abnormal();
        });
    Require(fits, "procedure.escalation_ground",
            "应为目录中由活动异常名录移入的严重违法失信名单情形 (expected a ground of the severe list that "
            "moves the abnormal entry)");
  }

  const v1::Catalogue& catalogue_;
  Seen conduct_days_;
  std::set<std::string> display_ids_;
};

}  // namespace

void CheckProcedureRows(const v1::Catalogue& catalogue, FieldViolations& violations) {
  ProcedureChecker(catalogue, violations).Run();
}

}  // namespace chengxin::domain
