#include "mua/sync/structure_json.hpp"

#include <boost/json.hpp>

#include "mua/printable.hpp"

namespace mua::sync {

namespace json = boost::json;
using mail::imap::BodyPart;

namespace {

json::array parameters_json(const mail::Parameters& parameters) {
  json::array out;
  for (const auto& [name, value] : parameters)
    out.push_back(json::array{printable(name), printable(value)});
  return out;
}

json::object part_json(const BodyPart& part) {
  json::object out{{"n", part.number},
                   {"t", printable(part.type)},
                   {"s", printable(part.subtype)},
                   {"p", parameters_json(part.parameters)},
                   {"i", printable(part.id)},
                   {"d", printable(part.description)},
                   {"e", printable(part.encoding)},
                   {"z", part.size},
                   {"x", printable(part.disposition)},
                   {"y", parameters_json(part.disposition_parameters)}};
  json::array children;
  for (const BodyPart& child : part.children) children.push_back(part_json(child));
  out["c"] = std::move(children);
  return out;
}

std::string text(const json::object& object, std::string_view key) {
  return json::value_to<std::string>(object.at(key));
}

mail::Parameters parameters(const json::value& value) {
  mail::Parameters out;
  for (const json::value& pair : value.as_array()) {
    out.emplace_back(json::value_to<std::string>(pair.at(0)),
                     json::value_to<std::string>(pair.at(1)));
  }
  return out;
}

BodyPart read_part(const json::value& value) {
  const json::object& object = value.as_object();
  BodyPart part;
  part.number = text(object, "n");
  part.type = text(object, "t");
  part.subtype = text(object, "s");
  part.parameters = parameters(object.at("p"));
  part.id = text(object, "i");
  part.description = text(object, "d");
  part.encoding = text(object, "e");
  part.size = json::value_to<std::uint64_t>(object.at("z"));
  part.disposition = text(object, "x");
  part.disposition_parameters = parameters(object.at("y"));
  for (const json::value& child : object.at("c").as_array()) {
    part.children.push_back(read_part(child));
  }
  return part;
}

}  // namespace

std::string structure_json(const BodyPart& structure) {
  return json::serialize(part_json(structure));
}

std::optional<BodyPart> read_structure_json(std::string_view text) try {
  json::parse_options options;
  options.max_depth = 1100;  // two levels for each of a structure's, which stop at 500
  return read_part(json::parse({text.data(), text.size()}, {}, options));
} catch (const std::exception&) {
  return std::nullopt;
}

}  // namespace mua::sync
