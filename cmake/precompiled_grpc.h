// As precompiled_messages.h, for what may include gRPC.
#ifndef CHENGXIN_CMAKE_PRECOMPILED_GRPC_H_
#define CHENGXIN_CMAKE_PRECOMPILED_GRPC_H_

#include "chengxin/v1/admin_service.grpc.pb.h"
#include "chengxin/v1/eligibility_service.grpc.pb.h"
#include "chengxin/v1/listing_service.grpc.pb.h"
#include "chengxin/v1/organization_service.grpc.pb.h"
#include "chengxin/v1/record_service.grpc.pb.h"
#include "cmake/precompiled_messages.h"
#include "grpcpp/grpcpp.h"

#endif  // CHENGXIN_CMAKE_PRECOMPILED_GRPC_H_
