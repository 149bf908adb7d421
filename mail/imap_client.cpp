#include "mail/imap_client.hpp"

#include <algorithm>
#include <utility>

#include "mail/ascii.hpp"
#include "mail/imap_lexer.hpp"

namespace mail::imap {

namespace {

/// The mechanisms of "AUTH=PLAIN" and the like.
std::vector<std::string> mechanisms(const std::vector<std::string>& capabilities) {
  std::vector<std::string> out;
  for (const std::string& capability : capabilities) {
    if (capability.starts_with("AUTH=")) out.push_back(capability.substr(5));
  }
  return out;
}

}  // namespace

std::string_view name_of(Stage stage) {
  switch (stage) {
    case Stage::kConnect: return "connecting";
    case Stage::kGreeting: return "the greeting";
    case Stage::kStartTls: return "STARTTLS";
    case Stage::kLogin: return "the login";
    case Stage::kSession: return "the session";
  }
  return "";
}

Client::Client(ClientOptions options) : options_(std::move(options)) {
  tls_ = options_.security == ClientOptions::Security::kDone;
}

// --- Octets ---

std::string_view Client::output() const {
  return out_.empty() || out_.front().wait ? std::string_view{} : out_.front().view();
}

// A literal that is read piece by piece is read on when what stands before it is written.
void Client::written() {
  if (!out_.empty() && !out_.front().rest) out_.pop_front();
  while (!out_.empty() && out_.front().rest) {
    WirePiece& literal = out_.front();
    literal.text = literal.rest();
    if (!literal.text.empty()) return;
    out_.pop_front();
  }
}

Client::Wants Client::wants() const {
  if (state_ == State::kHandshake) return Wants::kTls;
  return state_ == State::kClosed ? Wants::kClose : Wants::kInput;
}

void Client::feed(std::string_view octets) {
  // What follows the answer to STARTTLS in the clear is nobody's (CVE-2011-0411): it is dropped.
  while (!octets.empty() && (state_ == State::kOpening || state_ == State::kOpen)) {
    const ResponseReader::Status status = reader_.feed(octets);
    if (status == ResponseReader::Status::kMore) return;
    if (status == ResponseReader::Status::kTooLarge) {
      return end(stage_, "the server's answer is larger than this program takes");
    }
    auto response = parse_response(reader_.take());
    if (!response) return end(stage_, "the server's answer makes no sense: " + response.error());
    take(std::move(*response));
  }
}

void Client::encrypted(ChannelBindings bindings) {
  tls_ = true;
  options_.bindings = std::move(bindings);
  // Capabilities from before the handshake may be somebody else's (RFC 9051 §6.2.1).
  capabilities_.clear();
  reader_ = {};
  state_ = State::kOpening;
  stage_ = Stage::kLogin;
  start(Purpose::kCapability, capability());
}

void Client::lost(const std::string& why) {
  if (state_ == State::kClosed) return;
  if (logging_out_) {
    state_ = State::kClosed;
    return;
  }
  end(state_ == State::kHandshake ? Stage::kStartTls : stage_, why);
}

std::optional<Event> Client::next() {
  if (events_.empty()) return std::nullopt;
  Event event = std::move(events_.front());
  events_.pop_front();
  return event;
}

// --- Responses ---

void Client::take(Response response) {
  if (auto* status = std::get_if<Status>(&response)) return take_status(std::move(*status));
  if (auto* data = std::get_if<Data>(&response)) return take_data(std::move(*data));
  take_continuation(std::get<Continuation>(response));
}

void Client::take_status(Status status) {
  if (status.code.name == "CAPABILITY") read_capabilities(status.code.arguments);
  if (!status.tag.empty()) {
    const auto given = std::find_if(running_.begin(), running_.end(),
                                    [&](const Running& each) { return each.tag == status.tag; });
    if (given == running_.end()) {
      return end(stage_, "the server answered a command that was not given");
    }
    // Dovecot does so with what follows NOTIFY.
    given->early = std::move(status);
    while (!running_.empty() && running_.front().early) finished(Status(*running_.front().early));
    return;
  }
  if (stage_ == Stage::kConnect) return greeted(status);
  if (status.condition == Condition::kBye && !logging_out_) {
    return end(stage_, to_line(status), status);
  }
  events_.emplace_back(std::move(status));
}

void Client::take_data(Data data) {
  if (stage_ == Stage::kConnect) return end(Stage::kGreeting, "the server did not greet");
  if (data.keyword == "CAPABILITY") {
    std::string words;
    for (const Node& value : data.values) words += value.text + " ";
    return read_capabilities(words);
  }
  if (data.keyword == "ENABLED") {
    for (const Node& value : data.values) {
      if (value.is("IMAP4REV2") || value.is("UTF8=ACCEPT")) utf8_enabled_ = true;
    }
  }
  if (state_ == State::kOpen) events_.emplace_back(std::move(data));
}

void Client::take_continuation(const Continuation& continuation) {
  const bool logging_in = !running_.empty() && running_.front().purpose == Purpose::kAuthenticate;
  if (idle_ == Idle::kAsked) idle_ = Idle::kTold;
  if (logging_in && sasl_) {
    out_.push_back({sasl_->answer(continuation.text) + "\r\n", {}, false});
  } else if (!out_.empty()) {
    out_.front().wait = false;
  }
}

void Client::finished(const Status& status) {
  const Purpose purpose = running_.front().purpose;
  running_.pop_front();
  if (running_.empty()) out_.clear();  // a literal that was refused is not sent
  idle_ = Idle::kNo;
  switch (purpose) {
    case Purpose::kCapability:
      if (!status.ok()) return end(stage_, to_line(status), status);
      return logged_in_ ? opened() : secure();
    case Purpose::kStartTls:
      if (status.ok()) {
        state_ = State::kHandshake;
      } else if (options_.security == ClientOptions::Security::kIfOffered) {
        authenticate();
      } else {
        end(Stage::kStartTls, to_line(status), status);
      }
      return;
    case Purpose::kAuthenticate: return authenticated(status);
    case Purpose::kRequest:
      events_.emplace_back(Finished{status});
      if (logging_out_ && waiting_.empty()) {
        state_ = State::kClosed;
        return;
      }
      start_next();
  }
}

// --- Opening ---

void Client::greeted(const Status& status) {
  stage_ = Stage::kGreeting;
  if (!status.ok()) return end(stage_, to_line(status), status);
  if (status.condition == Condition::kPreauth) {
    // Somebody in the middle could greet so to keep the client from STARTTLS (RFC 8314 and
    // CVE-2014-2567).
    if (options_.security == ClientOptions::Security::kRequired) {
      return end(Stage::kStartTls, "the server takes the connection as logged in before TLS");
    }
    logged_in_ = true;
  }
  met_.greeting = to_line(status);
  if (known_ && known_->greeting != met_.greeting) known_.reset();
  if (capabilities_.empty()) return start(Purpose::kCapability, capability());
  logged_in_ ? opened() : secure();
}

void Client::secure() {
  using Security = ClientOptions::Security;
  const bool wanted =
      options_.security == Security::kRequired || options_.security == Security::kIfOffered;
  if (tls_ || !wanted) return authenticate();
  stage_ = Stage::kStartTls;
  if (has("STARTTLS")) return start(Purpose::kStartTls, Request{}.text("STARTTLS"));
  if (options_.security == Security::kIfOffered) return authenticate();
  end(stage_, "the server does not offer STARTTLS");
}

std::vector<std::string> Client::usable_mechanisms() const {
  std::vector<std::string> all = mechanisms(capabilities_);
  const bool plain = known_ && known_->proved && tls_ && has("AUTH=PLAIN") && has("SASL-IR");
  return plain ? std::vector<std::string>{"PLAIN"} : all;
}

void Client::authenticate() {
  stage_ = Stage::kLogin;
  if (!options_.login) return opened();
  const PlainLogin plain = tls_ ? PlainLogin::kAllowed : options_.plain_login;
  sasl_ = SaslLogin::choose(usable_mechanisms(), *options_.login, options_.bindings, plain);
  bool whole = false;  // nothing more is to be said
  Request request;
  if (sasl_) {
    request.text("AUTHENTICATE " + sasl_->mechanism());
    if (auto initial = sasl_->initial_response()) {
      if (has("SASL-IR")) {
        request.text(" " + *initial);
        whole = sasl_->mechanism() == "PLAIN";
      } else {
        sasl_->hold_initial_response(std::move(*initial));
      }
    }
  } else if (plain == PlainLogin::kAllowed && !has("LOGINDISABLED")) {
    request.text("LOGIN ")
        .astring(options_.login->user)
        .text(" ")
        .astring(options_.login->password);
  } else {
    return end(stage_, "the server offers no login that is safe here");
  }
  announced_ = false;
  start(Purpose::kAuthenticate, request);
  // What the server can is known: the first command need not wait for the answer.
  if (whole && known_) {
    capabilities_ = known_->capabilities;
    opened();
  }
}

void Client::authenticated(const Status& status) {
  if (!status.ok()) return end(stage_, to_line(status), status);
  if (sasl_ && (sasl_->gave_up() || !sasl_->server_proved())) {
    return end(stage_, "the server could not prove that it knows the password");
  }
  const bool by_proof = sasl_ && sasl_->mechanism().starts_with("SCRAM-");
  met_.proved = by_proof || (known_ && known_->proved);
  sasl_.reset();
  logged_in_ = true;
  if (state_ == State::kOpen) {  // since the command was given
    stage_ = Stage::kSession;
    met_.capabilities = capabilities_;
    return start_next();
  }
  if (!announced_ && known_) capabilities_ = known_->capabilities;
  if (!announced_ && !known_) return start(Purpose::kCapability, capability());
  opened();
}

void Client::opened() {
  state_ = State::kOpen;
  if (running_.empty()) stage_ = Stage::kSession;
  met_.capabilities = capabilities_;
  events_.emplace_back(Opened{});
  start_next();
}

// --- Requests ---

void Client::run(Request request, Turn turn) {
  waiting_.push_back({std::move(request), turn});
  if (state_ == State::kOpen) start_next();
}

void Client::end_idle() {
  if (idle_ != Idle::kAsked && idle_ != Idle::kTold) return;
  out_.push_back({"DONE\r\n", {}, idle_ == Idle::kAsked});
  idle_ = Idle::kEnding;
}

void Client::start_next() {
  while (!waiting_.empty()) {
    const bool free = running_.empty();
    const Waiting& first = waiting_.front();
    if (!free && (first.turn == Turn::kAfterOthers || !may_start_now(first.request, wire_form()))) {
      return;
    }
    const Request request = std::move(waiting_.front().request);
    waiting_.pop_front();
    logging_out_ = !request.pieces.empty() && request.pieces.front().text == "LOGOUT";
    start(Purpose::kRequest, request);
  }
}

/// Neither it nor what is still to be written waits for a "+", of which nobody could say whose it
/// is.
bool Client::may_start_now(const Request& request, const WireForm& form) const {
  const auto waits = [](const WirePiece& piece) { return piece.wait; };
  if (idle_ != Idle::kNo || std::any_of(out_.begin(), out_.end(), waits)) return false;
  const std::vector<WirePiece> pieces = render("A", request, form);
  return std::none_of(pieces.begin(), pieces.end(), waits);
}

WireForm Client::wire_form() const {
  WireForm form;
  form.names = name_form();
  if (has("LITERAL-") || has("IMAP4REV2")) form.nonsynchronizing = 4096;
  if (has("LITERAL+")) form.nonsynchronizing = UINT64_MAX;
  return form;
}

void Client::start(Purpose purpose, const Request& request) {
  running_.push_back({purpose, "A" + std::to_string(++last_tag_), std::nullopt});
  if (!request.pieces.empty() && request.pieces.front().text == "IDLE") idle_ = Idle::kAsked;
  for (WirePiece& piece : render(running_.back().tag, request, wire_form())) {
    out_.push_back(std::move(piece));
  }
}

void Client::end(Stage stage, std::string reason, std::optional<Status> said) {
  state_ = State::kClosed;
  running_.clear();
  waiting_.clear();
  out_.clear();
  events_.emplace_back(Lost{stage, std::move(reason), std::move(said)});
}

// --- Capabilities ---

void Client::read_capabilities(std::string_view words) {
  capabilities_.clear();
  announced_ = true;
  while (!(words = trim(words)).empty()) {
    const std::string_view word = words.substr(0, words.find(' '));
    capabilities_.push_back(to_upper(word));
    words.remove_prefix(word.size());
  }
}

bool Client::has(std::string_view capability) const {
  return std::find(capabilities_.begin(), capabilities_.end(), to_upper(capability)) !=
         capabilities_.end();
}

// A server of IMAP4rev2 alone speaks UTF-8 without being asked (RFC 9051 §5.1).
NameForm Client::name_form() const {
  const bool rev2_only = has("IMAP4REV2") && !has("IMAP4REV1");
  return utf8_enabled_ || rev2_only ? NameForm::kUtf8 : NameForm::kModifiedUtf7;
}

}  // namespace mail::imap
