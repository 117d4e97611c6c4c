// What Decide may look at: the state before the command, the group's earlier commands included.
#ifndef CHENGXIN_DOMAIN_VIEW_H_
#define CHENGXIN_DOMAIN_VIEW_H_

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "chengxin/log/v1/change.pb.h"
#include "chengxin/log/v1/standing.pb.h"
#include "chengxin/v1/application.pb.h"
#include "chengxin/v1/award.pb.h"
#include "chengxin/v1/case.pb.h"
#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/receipt.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/catalogue.h"
#include "domain/resource_names.h"

namespace chengxin::domain {

// Reads the current state. Resources come whole, sealed fields included. `code` is a code the organization
// was first known by. Used by one thread at a time. Errors are those of the storage (DataLoss,
// Internal); "not there" is no error.
class View {
 public:
  virtual ~View() = default;

  // The catalogue in force; null before the first activation.
  virtual std::shared_ptr<const CompiledCatalogue> catalogue() const = 0;

  virtual absl::StatusOr<std::optional<v1::Organization>> FindOrganization(std::string_view code) const = 0;
  // Records of the organization, oldest first.
  virtual absl::StatusOr<std::vector<v1::CreditRecord>> ListRecords(std::string_view code) const = 0;
  // The record that was made from this key of this source ("" for an officer's), or nothing (rule 12).
  virtual absl::StatusOr<std::optional<v1::CreditRecord>> FindRecordByKey(
      std::string_view code, std::string_view source, std::string_view source_key) const = 0;
  // Listings of the organization on both lists, ended ones included, in the order list, episode.
  virtual absl::StatusOr<std::vector<v1::Listing>> ListListings(std::string_view code) const = 0;
  // The last reading of the source (without "sources/"), or nothing.
  virtual absl::StatusOr<std::optional<log::v1::SourceRead>> FindSourceRead(
      std::string_view source) const = 0;
  // The last complete reading of the source, or nothing.
  virtual absl::StatusOr<std::optional<log::v1::SourceRead>> FindCompleteRead(
      std::string_view source) const = 0;

  // The code by which the organization of any code it was ever known by was first known; nothing where no
  // organization had it.
  virtual absl::StatusOr<std::optional<std::string>> FirstCodeOf(std::string_view code) const = 0;
  // The fold that answers are evaluated from, or nothing.
  virtual absl::StatusOr<std::optional<log::v1::Standing>> FindStanding(std::string_view code) const = 0;

  virtual absl::StatusOr<std::optional<v1::Case>> FindCase(RecordId id) const = 0;
  virtual absl::StatusOr<std::optional<v1::Application>> FindApplication(RecordId id) const = 0;
  virtual absl::StatusOr<std::optional<v1::Award>> FindAward(RecordId id) const = 0;
  // The receipt that was made at the revision.
  virtual absl::StatusOr<std::optional<v1::Receipt>> FindReceipt(uint64_t revision) const = 0;
  // Of an organization by its first code, oldest first.
  virtual absl::StatusOr<std::vector<v1::Case>> ListCases(std::string_view code) const = 0;
  virtual absl::StatusOr<std::vector<v1::Application>> ListApplications(std::string_view code) const = 0;
  // Awards that are active and have it among their contractors.
  virtual absl::StatusOr<std::vector<v1::Award>> ListActiveAwards(std::string_view code) const = 0;

  // What is kept sealed of an organization (by its first code), a record, a case or an application, in every
  // version of it, with the headers of the Changes that made them; in order, without what was destroyed.
  virtual absl::StatusOr<std::vector<log::v1::SealedPlace>> ListSealedParts(std::string_view name) const = 0;
};

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_VIEW_H_
