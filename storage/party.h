// Whom a case, an application, an award or a receipt is about or lies with: by whom it is listed.
#ifndef CHENGXIN_STORAGE_PARTY_H_
#define CHENGXIN_STORAGE_PARTY_H_

#include <string>
#include <utility>

namespace chengxin::storage {

// One party. Cases have the organization, the authority they lie with, the reporter and the agency that
// reported for it; applications the organization and the authority; awards each contractor, the purchaser,
// and everybody; receipts the purchaser and its agency.
struct Party {
  // The byte it has in keys.
  enum class Kind : char { kOrganization = 'O', kAuthority = 'A', kPurchaser = 'P', kEverybody = 'E' };

  static Party Organization(std::string first_code) { return {Kind::kOrganization, std::move(first_code)}; }
  // Without "authorities/".
  static Party Authority(std::string id) { return {Kind::kAuthority, std::move(id)}; }
  // Without "purchasers/".
  static Party Purchaser(std::string id) { return {Kind::kPurchaser, std::move(id)}; }
  // All there are.
  static Party Everybody() { return {Kind::kEverybody, {}}; }

  Kind kind = Kind::kEverybody;
  std::string id;
};

}  // namespace chengxin::storage

#endif  // CHENGXIN_STORAGE_PARTY_H_
