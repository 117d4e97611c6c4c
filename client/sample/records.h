// The sample's credit records, as CSV rows.
#ifndef CHENGXIN_CLIENT_SAMPLE_RECORDS_H_
#define CHENGXIN_CLIENT_SAMPLE_RECORDS_H_

#include <string>
#include <string_view>

#include "chengxin/v1/organization.pb.h"
#include "client/sample/random.h"

namespace chengxin::sample {

// The header row of records.csv, and of an external list's and of major violations' files.
std::string_view RecordsHeader();
std::string_view ExternalListHeader();
std::string_view MajorViolationsHeader();

// Appends records of an invented organization: annual inspections, assessment levels, honours, performance
// evaluations; for many organizations none. With `only_good`, as for the story's organizations, always some
// and none of them adverse.
void AppendRecords(const v1::Organization& organization, bool only_good, Random& random, std::string& out);

}  // namespace chengxin::sample

#endif  // CHENGXIN_CLIENT_SAMPLE_RECORDS_H_
