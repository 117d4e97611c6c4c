// What is published of the list and the register, and how the register is kept (rules 1 to 6, 56).
#include "tests/access/table_targets.h"

namespace chengxin {

namespace {

v1::Listing Listed(LawOffice& office, const std::string& code) {
  return office.Penalize(code, kFiftyThousandYuan, "SER-04").listing();
}

// What is published of an organization, and what is sealed.
void Look(const v1::Organization& organization, const std::string& code, Outcome& outcome) {
  if (organization.code() != code) return;
  outcome.told_public = true;
  outcome.done = !organization.legal_representative().empty();
}

v1::Organization Found(LawOffice& office, const std::string& code) {
  v1::GetOrganizationRequest request;
  request.set_code(code);
  return Expect(office.Ask(kPublic, &Organizations::GetOrganization, request)).organization();
}

}  // namespace

// The entry as it is is published; as of an instant it is of the archive.
Target GetListing(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::GetListingRequest request;
  request.set_name(Listed(office, code).name());
  v1::GetListingRequest past = request;
  past.mutable_as_of()->mutable_instant()->set_seconds(absl::ToUnixSeconds(office.now()) + 1);
  office.Advance(absl::Seconds(2));
  return {
      .code = code, .call = [&office, request, past](std::string_view who, v1::Role) {
        const auto told = office.Ask(who, &Listings::GetListing, request);
        const auto archive = office.Ask(who, &Listings::GetListing, past);
        EXPECT_TRUE(archive.status.ok() || archive.status.error_code() == grpc::StatusCode::PERMISSION_DENIED)
            << archive.status.error_message();
        return Outcome{.status = told.status,
                       .done = archive.response.listing().name() == request.name(),
                       .told_public = told.response.listing().name() == request.name()};
      }};
}

Target ListListings(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  const std::string name = Listed(office, code).name();
  return PageOn(office, code, &Listings::ListListings, v1::ListListingsRequest(),
                &v1::ListListingsResponse::listings, [name](const v1::Listing& listing, Outcome& outcome) {
                  outcome.told_public |= listing.name() == name;
                });
}

Target DownloadListings(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  const std::string name = Listed(office, code).name();
  return {.code = code, .call = [&office, name](std::string_view who, v1::Role) {
            Outcome outcome;
            const std::function<bool(const v1::DownloadListingsResponse&)> look =
                [&](const v1::DownloadListingsResponse& part) {
                  for (const v1::Listing& listing : part.listings())
                    outcome.told_public |= listing.name() == name;
                  return true;
                };
            outcome.status =
                office.Read(who, &Listings::DownloadListings, v1::DownloadListingsRequest(), look);
            return outcome;
          }};
}

Target GetListState(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  Listed(office, code);
  return {.code = code, .call = [&office](std::string_view who, v1::Role) {
            const auto told = office.Ask(who, &Listings::GetListState, v1::GetListStateRequest());
            return Outcome{.status = told.status, .told_public = told.response.severe_count() > 0};
          }};
}

Target WatchListings(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  const std::string name = Listed(office, code).name();
  return {.code = code, .call = [&office, name](std::string_view who, v1::Role) {
            Outcome outcome;
            const std::function<bool(const v1::WatchListingsResponse&)> look =
                [&](const v1::WatchListingsResponse& message) {
                  outcome.told_public |= message.listing().name() == name;
                  return message.kind() != v1::WATCH_EVENT_KIND_SYNCED;
                };
            outcome.status = office.Read(who, &Listings::WatchListings, v1::WatchListingsRequest(), look);
            return outcome;
          }};
}

Target GetOrganization(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::GetOrganizationRequest request;
  request.set_code(code);
  return {.code = code, .call = [&office, request](std::string_view who, v1::Role) {
            const auto told = office.Ask(who, &Organizations::GetOrganization, request);
            Outcome outcome{.status = told.status};
            Look(told.response.organization(), request.code(), outcome);
            return outcome;
          }};
}

Target BatchGetOrganizations(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::BatchGetOrganizationsRequest request;
  request.add_codes(code);
  return {.code = code, .call = [&office, request](std::string_view who, v1::Role) {
            const auto told = office.Ask(who, &Organizations::BatchGetOrganizations, request);
            Outcome outcome{.status = told.status};
            for (const v1::Organization& organization : told.response.organizations())
              Look(organization, request.codes(0), outcome);
            return outcome;
          }};
}

Target ListOrganizations(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  return PageOn(
      office, code, &Organizations::ListOrganizations, v1::ListOrganizationsRequest(),
      &v1::ListOrganizationsResponse::organizations,
      [code](const v1::Organization& organization, Outcome& outcome) { Look(organization, code, outcome); });
}

Target SearchOrganizations(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::SearchOrganizationsRequest request;
  request.set_query(code);
  return {.code = code, .call = [&office, request](std::string_view who, v1::Role) {
            const auto told = office.Ask(who, &Organizations::SearchOrganizations, request);
            Outcome outcome{.status = told.status};
            for (const v1::OrganizationCandidate& candidate : told.response.candidates())
              outcome.told_public |= candidate.code() == request.query();
            return outcome;
          }};
}

// An authority may deliver the source and is rejected row by row where another registers it.
Target ImportOrganizations(LawOffice& office, v1::Role) {
  const v1::Organization organization = office.NewOrganization();
  return {.code = organization.code(), .call = [&office, organization](std::string_view who, v1::Role) {
            const auto told =
                office.Send(who, &Organizations::ImportOrganizations, office.RegisterRows({organization}));
            return Outcome{.status = told.status,
                           .done = told.response.results_size() == 1 &&
                                   told.response.results(0).outcome() == v1::IMPORT_OUTCOME_CREATED};
          }};
}

Target ChangeOrganizationCode(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::ChangeOrganizationCodeRequest request;
  request.set_organization_code(code);
  request.set_new_code(office.NewOrganization().code());
  request.set_reason("重新赋码");
  request.set_etag(Found(office, code).etag());
  return CommandOn(office, code, &Organizations::ChangeOrganizationCode, request);
}

Target MergeOrganization(LawOffice& office, v1::Role) {
  const std::string code = office.Register();
  v1::MergeOrganizationRequest request;
  request.set_organization_code(code);
  request.set_successor_code(office.Register());
  request.set_merged_on(office.Today());
  request.set_number("五民许〔2024〕1号");
  request.set_etag(Found(office, code).etag());
  return CommandOn(office, code, &Organizations::MergeOrganization, request);
}

}  // namespace chengxin
