// Work that takes longer than a key may: signatures, decryption, files. It runs off the screen's
// thread, one piece after the other; what comes of it is taken up on the screen's thread. Work has
// no hold of the client: it gets copies, and a store of its own if it needs one.
#pragma once

#include <functional>
#include <vector>

namespace mua::screen {

class Client;

class Aside {
 public:
  /// On the screen's thread, once the work is done.
  using After = std::function<void(Client&)>;
  using Work = std::function<After()>;

  Aside() = default;
  Aside(const Aside&) = delete;
  Aside& operator=(const Aside&) = delete;
  virtual ~Aside() = default;

  /// Returns at once. What the work throws is told to the person.
  virtual void run(Work work) = 0;
  /// What is to be taken up by now, in order.
  virtual std::vector<After> take() = 0;
};

/// The work's end, or for one that threw what tells it.
Aside::After carry_out(const Aside::Work& work);

}  // namespace mua::screen
