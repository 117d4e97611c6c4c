// chengxin-sample: writes the sample's files.
#include <iostream>
#include <string>

#include "CLI/CLI.hpp"
#include "base/parser_message.h"
#include "client/sample/write_sample.h"

int main(int argc, char** argv) {
  chengxin::sample::SampleOptions options;
  CLI::App app(
      "生成样例数据：虚构的昆明市社会组织及其信用记录，数量和种子相同则内容相同\n"
      "(writes sample data: invented organizations of Kunming, the same for the same count and seed)");
  app.add_option("--count", options.count, "虚构组织的数量 (invented organizations)")->capture_default_str();
  app.add_option("--seed", options.seed, "种子 (seed)")->capture_default_str();
  app.add_option("--output", options.folder, "文件夹 (folder)")->required();
  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return "chengxin-sample: " + chengxin::ParserMessage(error.get_exit_code(), error.what()) + "\n";
  });
  CLI11_PARSE(app, argc, argv);
  const absl::Status written = chengxin::sample::WriteSample(options);
  if (!written.ok()) {
    std::cerr << "chengxin-sample: " << std::string(written.message()) << "\n";
    return 1;
  }
  std::cout << "已写入 " << options.folder << " (written): " << options.count << " 个组织 (organizations)\n";
  return 0;
}
