#include "domain/entrustment.h"

#include <algorithm>
#include <string>

#include "base/strings.h"
#include "domain/field_checks.h"
#include "domain/query_context.h"
#include "domain/resource_names.h"

namespace chengxin::domain {

namespace {

constexpr std::string_view kProjects = "/projects/";

struct Entrustment {
  std::string_view purchaser;
  // Empty: all of the purchaser's.
  std::string_view project;
};

// Nothing where the text is none.
std::optional<Entrustment> Parse(std::string_view text) {
  const size_t mark = text.find(kProjects);
  Entrustment entrustment{.purchaser = text.substr(0, mark), .project = {}};
  if (!ParsePurchaserName(entrustment.purchaser).has_value()) return std::nullopt;
  if (mark == std::string_view::npos) return entrustment;
  entrustment.project = text.substr(mark + kProjects.size());
  const std::optional<size_t> characters = CountCharacters(entrustment.project);
  if (!characters.has_value() || *characters == 0 || *characters > kMaximumProjectCharacters) {
    return std::nullopt;
  }
  return entrustment;
}

}  // namespace

bool IsEntrustment(std::string_view text) { return Parse(text).has_value(); }

bool HasValidEntrustments(const v1::Principal& principal) {
  const auto& entrustments = principal.entrustments();
  if (principal.role() != v1::ROLE_AGENCY) return entrustments.empty();
  return entrustments.size() <= kMaximumEntrustments &&
         std::all_of(entrustments.begin(), entrustments.end(),
                     [](const std::string& text) { return IsEntrustment(text); });
}

std::optional<Refusal> RefuseUnentrusted(const v1::Principal& principal, std::string_view purchaser,
                                         std::string_view project) {
  if (principal.role() != v1::ROLE_AGENCY) return std::nullopt;
  const bool entrusted = std::any_of(principal.entrustments().begin(), principal.entrustments().end(),
                                     [&](const std::string& text) {
                                       const std::optional<Entrustment> one = Parse(text);
                                       return one.has_value() && one->purchaser == purchaser &&
                                              (one->project.empty() || one->project == project);
                                     });
  if (entrusted) return std::nullopt;
  return Refusal{.reason = v1::ERROR_REASON_NOT_ENTRUSTED,
                 .message = StrCat("本代理机构未受", purchaser, "委托办理项目“", project,
                                   "” (the agency is not entrusted with this purchaser's project)"),
                 .metadata = {{"purchaser", std::string(purchaser)}, {"project", std::string(project)}}};
}

bool IsReportOf(const v1::Principal& principal, const v1::Case& the_case) {
  return principal.role() == v1::ROLE_AGENCY && !principal.unit().empty() &&
         std::any_of(the_case.moves().begin(), the_case.moves().end(), [&](const v1::CaseMove& move) {
           return move.role() == v1::ROLE_AGENCY && move.by() == principal.unit();
         });
}

}  // namespace chengxin::domain
