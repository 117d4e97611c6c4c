// What a credit record says, in the words that people read. Private to domain.
#ifndef CHENGXIN_DOMAIN_RECORD_SUMMARY_H_
#define CHENGXIN_DOMAIN_RECORD_SUMMARY_H_

#include <string>

#include "chengxin/v1/record.pb.h"

namespace chengxin::domain {

// Texts as entered: whoever puts them into a document escapes them. What the record does not have is empty.
struct RecordSummary {
  // What it is, in Chinese, for example "行政处罚：罚款50,000.00元".
  std::string title = {};
  // The day of the item itself, YYYY-MM-DD: of the decision, conclusion, listing, result.
  std::string day = {};
  // Last day on which it holds, where it says so.
  std::string until = {};
  // Number of the document.
  std::string number = {};
  // Who decided or stated it.
  std::string organ = {};
  std::string basis = {};
  // Facts, findings, results.
  std::string content = {};
  // It speaks against the organization by what it is, whether it still holds or not.
  bool adverse = false;
};

RecordSummary SummaryOf(const v1::CreditRecord& record);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_RECORD_SUMMARY_H_
