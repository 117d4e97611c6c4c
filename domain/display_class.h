// How long a penalty is displayed in public: rule 36 (G22; N36). Classes and their periods are rows of the
// catalogue.
#ifndef CHENGXIN_DOMAIN_DISPLAY_CLASS_H_
#define CHENGXIN_DOMAIN_DISPLAY_CLASS_H_

#include <optional>

#include "absl/time/time.h"
#include "chengxin/v1/catalogue.pb.h"
#include "chengxin/v1/record.pb.h"
#include "domain/catalogue.h"

namespace chengxin::domain {

// The class the penalty belongs to (轻微, 一般, 严重) by its kinds and the amount of its fine; of several the
// one displayed longest. Null where the catalogue has none for it. Lives as long as the catalogue.
const v1::DisplayClass* DisplayClassOf(const v1::Penalty& penalty, const CompiledCatalogue& catalogue);

// The first instant after the last day of public display, counted from the decision; nothing where the
// catalogue sets no end.
std::optional<absl::Time> DisplayEndOf(const v1::Penalty& penalty, const CompiledCatalogue& catalogue);

}  // namespace chengxin::domain

#endif  // CHENGXIN_DOMAIN_DISPLAY_CLASS_H_
