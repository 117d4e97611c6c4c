# chengxin_library(name SOURCES a.cc … DEPS target …): one directory, one library, explicit sources, an alias chengxin::name.
function(chengxin_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(chengxin_${name} STATIC ${ARG_SOURCES})
  add_library(chengxin::${name} ALIAS chengxin_${name})
  target_link_libraries(chengxin_${name} PUBLIC ${ARG_DEPS} PRIVATE chengxin_flags)
  target_include_directories(chengxin_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  chengxin_brings_grpc(grpc ${ARG_DEPS})
  if(grpc)
    chengxin_use_precompiled(chengxin_${name} grpc)
  elseif(NOT name STREQUAL "base")
    chengxin_use_precompiled(chengxin_${name} messages)
  endif()
endfunction()

# Tells the sources that ask for them where the tree and the binaries lie. Only those: whatever is compiled alike in every
# clone comes from the compiler cache.
function(chengxin_tell_places)
  foreach(source IN LISTS ARGN)
    file(STRINGS ${source} asks REGEX "CHENGXIN_(SOURCE|BIN)_DIR" LIMIT_COUNT 1)
    if(asks)
      set_property(SOURCE ${source} APPEND PROPERTY COMPILE_DEFINITIONS
        CHENGXIN_SOURCE_DIR="${PROJECT_SOURCE_DIR}" CHENGXIN_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
    endif()
  endforeach()
endfunction()

# chengxin_test(name SOURCES a_test.cc … DEPS target … [LABELS l …]): one GoogleTest binary, registered as one ctest per test case.
function(chengxin_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gmock GTest::gtest_main chengxin_flags)
  chengxin_tell_places(${ARG_SOURCES})
  # g++ 12 at -O2 sees strings written out of bounds that are not (its bug 105651); tests build many of them.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${name} PRIVATE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow)
  endif()
  chengxin_brings_grpc(grpc ${ARG_DEPS})
  if(grpc)
    chengxin_use_precompiled(${name} grpc_test)
  elseif(NOT "${ARG_DEPS}" STREQUAL "chengxin::base" AND ARG_DEPS)
    chengxin_use_precompiled(${name} messages_test)
  endif()
  gtest_discover_tests(${name} TEST_PREFIX ${name}. DISCOVERY_MODE PRE_TEST
    PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
endfunction()
