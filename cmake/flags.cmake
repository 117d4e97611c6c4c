# Warnings, hardening and sanitizers for our own code. Generated code is exempt from the warnings (proto/CMakeLists.txt).

add_library(chengxin_flags INTERFACE)
target_include_directories(chengxin_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(chengxin_flags INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wno-unused-parameter)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(chengxin_flags INTERFACE -Wthread-safety -Werror=thread-safety)
endif()

set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
add_compile_options(-fno-omit-frame-pointer -fstack-protector-strong)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
# For sanitizers: lines in the reports; optimizing would cost more time than it saves the tests.
set(CMAKE_CXX_FLAGS_SANITIZED "-gline-tables-only")
set(CMAKE_EXE_LINKER_FLAGS_SANITIZED "")

if(CHENGXIN_SANITIZE)
  add_compile_options(-fsanitize=${CHENGXIN_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${CHENGXIN_SANITIZE})
  # RocksDB's and gRPC's packages are built without run-time type information of every class that -fsanitize=vptr asks for.
  if(CHENGXIN_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=vptr)
  endif()
endif()

# By the one name under which g++ looks for it; Debian's package lld has it, lld-14 has not.
find_program(CHENGXIN_LLD ld.lld)
if(CHENGXIN_LLD)
  add_link_options(-fuse-ld=lld)
endif()

find_program(CHENGXIN_CCACHE ccache)
if(CHENGXIN_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${PROJECT_SOURCE_DIR}/cmake/compile ${PROJECT_SOURCE_DIR} ${CHENGXIN_CCACHE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
  endif()
endif()
