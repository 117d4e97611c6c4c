// The catalogue as deployed, for tests.
#ifndef CHENGXIN_TESTS_SUPPORT_CATALOGUE_FILES_H_
#define CHENGXIN_TESTS_SUPPORT_CATALOGUE_FILES_H_

#include "chengxin/v1/catalogue.pb.h"

namespace chengxin {

// Reads deploy/catalogue of the source tree; ends the program with a message where it cannot.
v1::Catalogue LoadDeployedCatalogue();

}  // namespace chengxin

#endif  // CHENGXIN_TESTS_SUPPORT_CATALOGUE_FILES_H_
