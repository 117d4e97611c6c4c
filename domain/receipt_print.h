// The query record (查询记录) that goes into the procurement file: 财库〔2016〕125号 asks for the record of
// the query, its instant and its result; rule 53 for who asked, for which project and on which data.
#ifndef CHENGXIN_DOMAIN_RECEIPT_PRINT_H_
#define CHENGXIN_DOMAIN_RECEIPT_PRINT_H_

#include <string>

#include "chengxin/v1/receipt.pb.h"
#include "domain/catalogue.h"

namespace chengxin::domain {

// The receipt in Chinese as plain text (UTF-8, lines of any length ended by \n): everything it says, complete
// without the message. Sources go by their names in the catalogue. What others entered stays on one line.
// `receipt.printed` is not looked at.
std::string PrintReceipt(const v1::Receipt& receipt, const CompiledCatalogue& catalogue);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_RECEIPT_PRINT_H_
