#include "client/cli/notice_flags.h"

#include "CLI/CLI.hpp"
#include "base/status.h"
#include "client/cli/arguments.h"
#include "client/cli/choice.h"
#include "client/cli/evidence.h"
#include "client/cli/long_text.h"

namespace chengxin::cli {

namespace {

constexpr Choice<v1::ServiceMethod> kMethods[] = {
    {"direct", v1::SERVICE_METHOD_DIRECT},
    {"left", v1::SERVICE_METHOD_LEFT},
    {"post", v1::SERVICE_METHOD_POST},
    {"electronic", v1::SERVICE_METHOD_ELECTRONIC},
    {"announcement", v1::SERVICE_METHOD_ANNOUNCEMENT},
};

}  // namespace

absl::Status ServiceFlags::Fill(v1::Service& service) const {
  CHENGXIN_ASSIGN_OR_RETURN(const v1::ServiceMethod chosen, Choose("served", kMethods, method));
  service.set_method(chosen);
  CHENGXIN_ASSIGN_OR_RETURN(*service.mutable_served_on(), ParseDay("served-on", served_on));
  CHENGXIN_ASSIGN_OR_RETURN(*service.mutable_proof(), ReadEvidence("proof", proof));
  return absl::OkStatus();
}

void AddServiceFlags(CLI::App& verb, ServiceFlags& flags) {
  const std::string group = "送达 (service)";
  verb.add_option("--served", flags.method,
                  "方式：direct 直接，left 留置，post 邮寄，electronic 电子，announcement 公告 (how)")
      ->required()
      ->group(group);
  verb.add_option("--served-on", flags.served_on, "送达或公告之日 (day of service or announcement)")
      ->required()
      ->group(group);
  verb.add_option("--proof", flags.proof, "送达回证文件，只发送其SHA-256 (proof; its digest is sent)")
      ->type_name(kEvidenceType)
      ->required()
      ->group(group);
}

absl::Status NoticeFlags::Fill(v1::CaseNotice& notice) const {
  notice.set_number(number);
  notice.set_ground(ground);
  notice.set_facts(facts);
  notice.set_reasons(reasons);
  notice.set_basis(basis);
  notice.set_rights(rights);
  return service.Fill(*notice.mutable_service());
}

void AddNoticeFlags(CLI::App& verb, Session& session, const std::string& prefix, NoticeFlags& flags) {
  const std::string group = "告知书 (the notice)";
  verb.add_option("--" + prefix + "number", flags.number, "告知书文号 (number)")->required()->group(group);
  const auto add = [&](const std::string& name, std::string& value, const char* help) {
    AddLongText(verb, session, "--" + prefix + name, value, help)->required()->group(group);
  };
  add("facts", flags.facts, "事实 (facts)");
  add("reasons", flags.reasons, "理由 (reasons)");
  add("basis", flags.basis, "依据 (legal basis)");
  add("rights", flags.rights, "告知的陈述、申辩和举证权利 (the rights as told)");
  AddServiceFlags(verb, flags.service);
}

}  // namespace chengxin::cli
