// Organizations, records and listings for people.
#ifndef CHENGXIN_CLIENT_CLI_PRINT_RESOURCES_H_
#define CHENGXIN_CLIENT_CLI_PRINT_RESOURCES_H_

#include <ostream>
#include <string>

#include "chengxin/v1/listing.pb.h"
#include "chengxin/v1/organization.pb.h"
#include "chengxin/v1/record.pb.h"
#include "client/cli/table.h"

namespace chengxin::cli {

// All of one resource.
void Print(std::ostream& out, const v1::Organization& organization);
void Print(std::ostream& out, const v1::CreditRecord& record);
void Print(std::ostream& out, const v1::Listing& listing);

// Tables of many.
Table OrganizationTable();
void AddRow(const v1::Organization& organization, Table& table);
Table RecordTable();
void AddRow(const v1::CreditRecord& record, Table& table);
Table ListingTable();
void AddRow(const v1::Listing& listing, Table& table);

// What a record says, in a line: "罚款 50,000.00元，昆民罚〔2026〕3号，2026-11-20".
std::string SummaryOf(const v1::CreditRecord& record);
// The grounds of a listing, the last first: "SER-04".
std::string GroundsOf(const v1::Listing& listing);

}  // namespace chengxin::cli

#endif  // CHENGXIN_CLIENT_CLI_PRINT_RESOURCES_H_
