# chengxin_library(name SOURCES a.cc … DEPS target …): one directory, one library, explicit sources, an alias chengxin::name.
function(chengxin_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(chengxin_${name} STATIC ${ARG_SOURCES})
  add_library(chengxin::${name} ALIAS chengxin_${name})
  target_link_libraries(chengxin_${name} PUBLIC ${ARG_DEPS} PRIVATE chengxin_flags)
  target_include_directories(chengxin_${name} PUBLIC ${PROJECT_SOURCE_DIR})
endfunction()

# chengxin_test(name SOURCES a_test.cc … DEPS target … [LABELS l …]): one GoogleTest binary, registered as one ctest per test case.
function(chengxin_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gmock GTest::gtest_main chengxin_flags)
  target_compile_definitions(${name} PRIVATE
    CHENGXIN_SOURCE_DIR="${PROJECT_SOURCE_DIR}" CHENGXIN_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  gtest_discover_tests(${name} TEST_PREFIX ${name}. DISCOVERY_MODE PRE_TEST
    PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
endfunction()
