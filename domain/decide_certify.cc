// Checks made durable: rules 41 to 44, 49, 51, 53 to 55.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "base/status.h"
#include "base/strings.h"
#include "domain/consortium.h"
#include "domain/deciders.h"
#include "domain/eligibility_answer.h"
#include "domain/query_context.h"
#include "domain/receipt_print.h"
#include "domain/resource_names.h"
#include "domain/timestamps.h"
#include "domain/uscc.h"
#include "domain/view_knowledge.h"

namespace chengxin::domain {

namespace {

constexpr size_t kMaximumCandidates = 100;

// How many codes a subject has.
struct Count {
  size_t least = 1;
  size_t most = 1;
};
Count CountOf(v1::ReceiptSubject subject) {
  switch (subject) {
    case v1::RECEIPT_SUBJECT_CONSORTIUM:
      return {kMinimumMembers, kMaximumMembers};
    case v1::RECEIPT_SUBJECT_CANDIDATES:
      return {1, kMaximumCandidates};
    default:
      return {1, 1};
  }
}

std::string CodePath(size_t index) { return StrCat("organization_codes[", index, "]"); }

// An organization asked about.
struct Asked {
  Uscc code;
  // The first code it was known by; nothing where the registry copy does not have it.
  std::optional<std::string> first_code;
};

// Makes one receipt.
class Certification {
 public:
  Certification(const v1::CertifyRequest& request, const CommandContext& context, const View& view)
      : request_(request), context_(context), view_(view), catalogue_(view.catalogue()) {}

  absl::StatusOr<Decision> Run() {
    CHENGXIN_RETURN_IF_ERROR(FindAsked());
    CHENGXIN_RETURN_IF_ERROR(RefuseRepetition());
    Begin();
    // What was known before this Change: stamps rise strictly, so the last instant before it leads there
    // (rule 42).
    CHENGXIN_ASSIGN_OR_RETURN(const auto knowledge, KnowledgeOf(view_, context_.revision - 1));
    const std::vector<std::string> qualifications(request_.context().required_qualifications().begin(),
                                                  request_.context().required_qualifications().end());
    const AnswerRequest question{.instants = InstantsOf(&request_.context(), context_.stamp),
                                 .full = true,
                                 .required_qualifications = qualifications};
    for (const Asked& asked : asked_) {
      CHENGXIN_RETURN_IF_ERROR(Answer(asked, *knowledge, question, *receipt_.add_answers()));
    }
    FillBasis(*knowledge, question.instants, context_.stamp - absl::Nanoseconds(1),
              *receipt_.mutable_basis());
    Judge();
    receipt_.set_printed(PrintReceipt(receipt_, *catalogue_));
    Decision decision;
    *decision.events.emplace_back().mutable_receipt() = std::move(receipt_);
    return decision;
  }

 private:
  // A code whose check characters fail is taken where the registry copy has it (rule 5).
  absl::Status FindAsked() {
    FieldViolations violations;
    for (int i = 0; i < request_.organization_codes_size(); ++i) {
      const UsccInspection inspection = Uscc::Inspect(request_.organization_codes(i));
      if (!inspection.code.has_value()) return absl::InvalidArgumentError(inspection.Describe());
      CHENGXIN_ASSIGN_OR_RETURN(std::optional<std::string> first,
                                view_.FirstCodeOf(inspection.code->ToString()));
      if (!inspection.ok() && !first.has_value()) {
        violations.Add(CodePath(static_cast<size_t>(i)), inspection.Describe());
      }
      asked_.push_back({*inspection.code, std::move(first)});
    }
    return violations.ToStatus();
  }

  // By any of its codes an organization is one (rule 49; 政府采购法实施条例 art 22).
  absl::Status RefuseRepetition() const {
    const auto key = [](const Asked& asked) {
      return asked.first_code.has_value() ? *asked.first_code : asked.code.ToString();
    };
    FieldViolations violations;
    for (size_t i = 0; i < asked_.size(); ++i) {
      const auto end = asked_.begin() + static_cast<ptrdiff_t>(i);
      const auto first =
          std::find_if(asked_.begin(), end, [&](const Asked& other) { return key(other) == key(asked_[i]); });
      if (first == end) continue;
      const std::string earlier = CodePath(static_cast<size_t>(first - asked_.begin()));
      violations.Add(CodePath(i), StrCat("与", earlier, "是同一组织，应各不相同 (the same organization as ",
                                         earlier, "; expected organizations that are all different)"));
    }
    if (violations.empty()) return absl::OkStatus();
    if (request_.subject() != v1::RECEIPT_SUBJECT_CONSORTIUM) return violations.ToStatus();
    return RefuseFields({.reason = v1::ERROR_REASON_DUPLICATE_MEMBER,
                         .message = "同一联合体中不得重复出现同一组织（政府采购法实施条例第二十二条） "
                                    "(the same organization stands twice in the consortium)",
                         .metadata = {}},
                        violations);
  }

  void Begin() {
    const v1::Principal& principal = context_.principal;
    const bool agency = principal.role() == v1::ROLE_AGENCY;
    receipt_.set_name(ReceiptNameOf(DayOf(context_.stamp).year(), context_.revision));
    receipt_.set_subject(request_.subject());
    receipt_.set_asked_by(principal.subject());
    receipt_.set_purchaser(agency ? request_.context().purchaser() : principal.unit());
    if (agency) receipt_.set_agency(principal.unit());
    *receipt_.mutable_context() = request_.context();
    SetTimestamp(context_.stamp, *receipt_.mutable_create_time());
    receipt_.set_revision(context_.revision);
  }

  absl::Status Answer(const Asked& asked, const Knowledge& knowledge, const AnswerRequest& question,
                      v1::Eligibility& answer) const {
    std::optional<log::v1::Standing> standing;
    if (asked.first_code.has_value()) {
      CHENGXIN_ASSIGN_OR_RETURN(standing, view_.FindStanding(*asked.first_code));
    }
    if (!standing.has_value()) {
      AnswerEligibility(asked.code, {}, knowledge, question, answer);
      return absl::OkStatus();
    }
    const OwnedStanding owned(*standing, knowledge.revision);
    CHENGXIN_ASSIGN_OR_RETURN(const std::optional<v1::Organization> organization,
                              view_.FindOrganization(*asked.first_code));
    CHENGXIN_ASSIGN_OR_RETURN(const std::vector<v1::CreditRecord> records,
                              view_.ListRecords(*asked.first_code));
    KnownOrganization known{.standing = owned.get(), .records = records};
    if (organization.has_value()) known.display_name = organization->display_name();
    AnswerEligibility(asked.code, known, knowledge, question, answer);
    return absl::OkStatus();
  }

  // The verdict of the whole; candidates have none.
  void Judge() {
    if (receipt_.subject() == v1::RECEIPT_SUBJECT_CANDIDATES) return;
    if (receipt_.subject() == v1::RECEIPT_SUBJECT_ORGANIZATION) {
      receipt_.set_verdict(receipt_.answers(0).verdict());
      return;
    }
    ConsortiumVerdict whole = JudgeConsortium(receipt_.answers());
    receipt_.set_verdict(whole.verdict);
    for (std::string& code : whole.deciding_member_codes) {
      receipt_.add_deciding_member_codes(std::move(code));
    }
  }

  const v1::CertifyRequest& request_;
  const CommandContext& context_;
  const View& view_;
  const std::shared_ptr<const CompiledCatalogue> catalogue_;
  std::vector<Asked> asked_;
  v1::Receipt receipt_;
};

}  // namespace

void CheckCommand(const v1::CertifyRequest& request, absl::Time now, const FieldChecks& checks) {
  CheckRequestId(request.request_id(), checks);
  if (request.context().has_cut_off()) {
    CheckInstant("cut_off", request.context().cut_off(), checks.Under("context"));
  }
  if (!checks.RequiredEnum("subject", request.subject(), v1::ReceiptSubject_IsValid)) return;
  const Count count = CountOf(request.subject());
  const auto given = static_cast<size_t>(request.organization_codes_size());
  if (given < count.least || given > count.most) {
    checks.Add("organization_codes", StrCat("有", given, "个，应为", count.least, "至", count.most, "个 (",
                                            given, "; expected ", count.least, " to ", count.most, ")"));
    return;
  }
  for (size_t i = 0; i < given; ++i) {
    const UsccInspection inspection = Uscc::Inspect(request.organization_codes(static_cast<int>(i)));
    if (!inspection.code.has_value()) checks.Add(CodePath(i), inspection.Describe());
  }
}

// Purchasers and the agencies that act for them: the query is the purchaser's own (rule 54). Others look
// without a receipt.
absl::StatusOr<Decision> DecideCommand(const v1::CertifyRequest& request, const CommandContext& context,
                                       const View& view) {
  const v1::Principal& principal = context.principal;
  if (!Buys(principal) || principal.unit().empty()) return Refuse(RoleNotAllowed(principal.role()));
  CHENGXIN_RETURN_IF_ERROR(CheckQueryContext(principal, request.context()));
  return Certification(request, context, view).Run();
}

}  // namespace chengxin::domain
