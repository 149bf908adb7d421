#include "mua/keyring.hpp"

#include <dlfcn.h>
#include <libsecret/secret.h>

#include <memory>

namespace mua {

namespace {

constexpr const char* kLibrary = "libsecret-1.so.0";
constexpr const char* kAbsent = "libsecret is not installed";

const SecretSchema& schema() {
  static const SecretSchema mail{"org.pabal.mua",
                                 SECRET_SCHEMA_NONE,
                                 {{"address", SECRET_SCHEMA_ATTRIBUTE_STRING}},
                                 0,
                                 nullptr,
                                 nullptr,
                                 nullptr,
                                 nullptr,
                                 nullptr,
                                 nullptr,
                                 nullptr};
  return mail;
}

/// What is used of the library; it stays loaded.
struct Library {
  decltype(&secret_service_get_sync) get_service = nullptr;
  decltype(&secret_password_lookup_sync) lookup = nullptr;
  decltype(&secret_password_store_sync) store = nullptr;
  decltype(&secret_password_clear_sync) clear = nullptr;
  decltype(&secret_password_free) free_password = nullptr;
  decltype(&g_error_free) free_error = nullptr;
  decltype(&g_object_unref) unref = nullptr;
};

template <class Function>
bool load(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

const Library* load_all() {
  static Library library;
  void* handle = dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
  const bool all = handle && load(handle, "secret_service_get_sync", library.get_service) &&
                   load(handle, "secret_password_lookup_sync", library.lookup) &&
                   load(handle, "secret_password_store_sync", library.store) &&
                   load(handle, "secret_password_clear_sync", library.clear) &&
                   load(handle, "secret_password_free", library.free_password) &&
                   load(handle, "g_error_free", library.free_error) &&
                   load(handle, "g_object_unref", library.unref);
  return all ? &library : nullptr;
}

const Library* library() {
  static const Library* const loaded = load_all();
  return loaded;
}

/// What went wrong, and its words.
class Error {
 public:
  explicit Error(const Library& library) : library_(library) {}
  ~Error() {
    if (error_) library_.free_error(error_);
  }
  Error(const Error&) = delete;
  Error& operator=(const Error&) = delete;

  GError** place() { return &error_; }
  explicit operator bool() const { return error_ != nullptr; }
  std::string text() const { return error_ ? error_->message : ""; }

 private:
  const Library& library_;
  GError* error_ = nullptr;
};

}  // namespace

bool Keyring::available() {
  const Library* secret = library();
  if (!secret) return false;
  Error error(*secret);
  SecretService* service = secret->get_service(SECRET_SERVICE_OPEN_SESSION, nullptr, error.place());
  if (service) secret->unref(service);
  return service != nullptr;
}

mail::Result<std::string, std::string> Keyring::find(const std::string& address) {
  const Library* secret = library();
  if (!secret) return mail::unexpected(std::string(kAbsent));
  Error error(*secret);
  const std::unique_ptr<gchar, void (*)(gchar*)> found(
      secret->lookup(&schema(), nullptr, error.place(), "address", address.c_str(), nullptr),
      secret->free_password);
  if (error) return mail::unexpected(error.text());
  if (!found) return mail::unexpected("the keyring has no password of " + address);
  return std::string(found.get());
}

mail::Result<void, std::string> Keyring::keep(const std::string& address,
                                              const std::string& password) {
  const Library* secret = library();
  if (!secret) return mail::unexpected(std::string(kAbsent));
  Error error(*secret);
  const std::string label = "Mail of " + address;
  secret->store(&schema(), SECRET_COLLECTION_DEFAULT, label.c_str(), password.c_str(), nullptr,
                error.place(), "address", address.c_str(), nullptr);
  if (error) return mail::unexpected(error.text());
  return {};
}

void Keyring::forget(const std::string& address) {
  const Library* secret = library();
  if (!secret) return;
  Error error(*secret);
  secret->clear(&schema(), nullptr, error.place(), "address", address.c_str(), nullptr);
}

}  // namespace mua
