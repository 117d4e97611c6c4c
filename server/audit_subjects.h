// What the audit trail keeps of a request: on whom, to which purpose, for which project. Which fields those
// are is settled here, when the program is compiled, by their names: a field that is named nowhere here never
// gets into an entry.
#ifndef CHENGXIN_SERVER_AUDIT_SUBJECTS_H_
#define CHENGXIN_SERVER_AUDIT_SUBJECTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "chengxin/v1/audit.pb.h"

namespace chengxin::server {

// Subjects of one entry.
inline constexpr int kMaximumAuditSubjects = 1'000;
// Bytes of a subject, a project and a request_id that are kept; requests are written down before they are
// checked, and may hold anything.
inline constexpr size_t kMaximumAuditTextBytes = 256;

// The text as an entry keeps it: cut at a whole character, identity numbers of persons masked.
std::string AuditText(std::string_view text);

// Adds a code or resource name, unless it is empty or the entry is full.
void AddAuditSubject(std::string_view text, v1::AuditEntry& entry);

template <typename Texts>
void AddAuditSubjects(const Texts& texts, v1::AuditEntry& entry) {
  for (const auto& text : texts) AddAuditSubject(text, entry);
}

// Puts what is kept of the request into the entry.
template <typename Request>
void DescribeRequest(const Request& request, v1::AuditEntry& entry) {
  if constexpr (requires { request.name(); }) AddAuditSubject(request.name(), entry);
  if constexpr (requires { request.item(); }) AddAuditSubject(request.item(), entry);
  if constexpr (requires { request.code(); }) AddAuditSubject(request.code(), entry);
  if constexpr (requires { request.codes(); }) AddAuditSubjects(request.codes(), entry);
  if constexpr (requires { request.organization_code(); })
    AddAuditSubject(request.organization_code(), entry);
  if constexpr (requires { request.organization_codes(); })
    AddAuditSubjects(request.organization_codes(), entry);
  if constexpr (requires { request.member_codes(); }) AddAuditSubjects(request.member_codes(), entry);
  if constexpr (requires { request.new_code(); }) AddAuditSubject(request.new_code(), entry);
  if constexpr (requires { request.successor_code(); }) AddAuditSubject(request.successor_code(), entry);
  if constexpr (requires { request.registration_authority(); })
    AddAuditSubject(request.registration_authority(), entry);
  if constexpr (requires { request.to_authority(); }) AddAuditSubject(request.to_authority(), entry);
  if constexpr (requires { request.filter().organization_code(); })
    AddAuditSubject(request.filter().organization_code(), entry);
  if constexpr (requires { request.filter().authority(); })
    AddAuditSubject(request.filter().authority(), entry);
  if constexpr (requires { request.filter().on(); }) AddAuditSubject(request.filter().on(), entry);
  if constexpr (requires { request.filter().subject(); }) AddAuditSubject(request.filter().subject(), entry);
  if constexpr (requires { request.application().item(); }) {
    AddAuditSubject(request.application().organization(), entry);
    AddAuditSubject(request.application().item(), entry);
  }
  if constexpr (requires { request.award().contractor_codes(); }) {
    AddAuditSubjects(request.award().contractor_codes(), entry);
    entry.set_project(AuditText(request.award().project()));
  }
  if constexpr (requires { request.context().purpose(); }) {
    entry.set_purpose(request.context().purpose());
    entry.set_project(AuditText(request.context().project()));
    AddAuditSubject(request.context().purchaser(), entry);
  }
  if constexpr (requires { request.request_id(); }) entry.set_request_id(AuditText(request.request_id()));
}

// The revision that an answer names; 0 where it names none.
template <typename Response>
uint64_t AnsweredRevision(const Response& response) {
  if constexpr (requires { response.basis().revision(); }) {
    return response.basis().revision();
  } else if constexpr (requires { response.revision(); }) {
    return response.revision();
  } else {
    return 0;
  }
}

}  // namespace chengxin::server

#endif  // CHENGXIN_SERVER_AUDIT_SUBJECTS_H_
