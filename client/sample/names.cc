#include "client/sample/names.h"

#include <array>

#include "base/strings.h"

namespace chengxin::sample {
namespace {

constexpr std::array<Place, 15> kPlaces = {{
    {"km", "昆明市", "530100", "", ""},
    {"km-wuhua", "五华区", "530102", "", ""},
    {"km-panlong", "盘龙区", "530103", "", ""},
    {"km-guandu", "官渡区", "530111", "", ""},
    {"km-xishan", "西山区", "530112", "", ""},
    {"km-dongchuan", "东川区", "530113", "", ""},
    {"km-chenggong", "呈贡区", "530114", "530121", "2011-12-01"},
    {"km-jinning", "晋宁区", "530115", "530122", "2016-12-01"},
    {"km-fumin", "富民县", "530124", "", ""},
    {"km-yiliang", "宜良县", "530125", "", ""},
    {"km-shilin", "石林彝族自治县", "530126", "", ""},
    {"km-songming", "嵩明县", "530127", "", ""},
    {"km-luquan", "禄劝彝族苗族自治县", "530128", "", ""},
    {"km-xundian", "寻甸回族彝族自治县", "530129", "", ""},
    {"km-anning", "安宁市", "530181", "", ""},
}};

// Two of these in a row are no word of daily use, so that no name is a real organization's.
constexpr std::array<std::string_view, 48> kStems = {
    "映禾", "澄溪", "望岫", "采薇", "听松", "云汀", "拾穗", "青禾", "栖霞", "朗月", "沐风", "逐光",
    "知远", "若谷", "怀川", "临渊", "静澜", "润物", "初曦", "鸣涧", "晴岚", "星野", "秋实", "春晖",
    "和畅", "归雁", "流萤", "远帆", "新苗", "同舟", "守望", "聚沙", "涓流", "灯塔", "暖橙", "蓝桉",
    "银杏", "山茶", "云杉", "翠柏", "丹枫", "白鹭", "锦鲤", "素心", "明理", "笃行", "致和", "集善"};

constexpr std::array<std::string_view, 12> kInstitutions = {
    "社会工作服务中心", "养老服务中心",     "残疾人服务中心",   "职业技能培训学校",
    "社区发展服务中心", "青少年服务中心",   "公益服务中心",     "心理健康服务中心",
    "文化艺术中心",     "环境保护服务中心", "家庭综合服务中心", "幼儿园"};
constexpr std::array<std::string_view, 8> kGroups = {"志愿服务协会", "商会",     "体育协会", "文化研究会",
                                                     "摄影协会",     "种植协会", "行业协会", "书画学会"};
constexpr std::array<std::string_view, 2> kFoundations = {"公益基金会", "教育基金会"};
constexpr size_t kEndings = kInstitutions.size() + kGroups.size() + kFoundations.size();

constexpr std::array<std::string_view, 9> kOffices = {"民政局",       "教育体育局",   "卫生健康局",
                                                      "文化和旅游局", "残疾人联合会", "科学技术局",
                                                      "农业农村局",   "生态环境局",   "人力资源和社会保障局"};

// The place of an ending among all of them, and the ending.
struct Ending {
  size_t index;
  std::string_view text;
};

Ending EndingOf(char category, uint64_t choice) {
  if (category == '2') {
    const size_t i = choice % kInstitutions.size();
    return {i, kInstitutions[i]};
  }
  if (category == '1') {
    const size_t i = choice % kGroups.size();
    return {kInstitutions.size() + i, kGroups[i]};
  }
  const size_t i = choice % kFoundations.size();
  return {kInstitutions.size() + kGroups.size() + i, kFoundations[i]};
}

}  // namespace

absl::Span<const Place> Places() { return kPlaces; }

Names::Names() : given_(kPlaces.size() * kEndings) {}

std::string Names::Next(size_t place, char category, uint64_t choice) {
  constexpr size_t kPairs = kStems.size() * kStems.size();
  // Prime to the number of pairs: a step of this length meets each pair once before it meets one again.
  constexpr size_t kStep = 997;
  const Ending ending = EndingOf(category, choice);
  const size_t count = given_[place * kEndings + ending.index]++;
  const size_t pair = (count * kStep + place * 131 + ending.index * 17) % kPairs;
  // Beyond all pairs a third word tells them apart.
  const size_t round = count / kPairs;
  return StrCat(kPlaces[place].name, kStems[pair % kStems.size()], kStems[pair / kStems.size()],
                round == 0 ? std::string_view() : kStems[(round - 1) % kStems.size()], ending.text);
}

std::string Domicile(size_t place, uint64_t choice) {
  return StrCat(place == 0 ? "" : "昆明市", kPlaces[place].name, kStems[choice % kStems.size()], "路",
                choice / kStems.size() % 900 + 1, "号");
}

std::string SupervisingUnit(size_t place, uint64_t choice) {
  // One in three registers directly.
  if (choice % 3 == 0) return std::string();
  return StrCat(kPlaces[place].name, kOffices[choice / 3 % kOffices.size()]);
}

}  // namespace chengxin::sample
