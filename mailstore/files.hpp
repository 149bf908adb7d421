// What the room asks of the file system: private folders and files, writes that are complete, names
// that are synced. Every failure is a StoreError that names the file.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "mailstore/file_descriptor.hpp"

namespace mailstore {

/// Throws the StoreError of `errno` for what was being done: "{file} can't be written (...)".
[[noreturn]] void throw_file_error(const std::filesystem::path& file, std::string_view doing);

/// A new file, readable by its owner alone; it must not exist.
FileDescriptor create_file(const std::filesystem::path& file);
FileDescriptor open_file(const std::filesystem::path& file);
void write_all(const FileDescriptor& descriptor, std::string_view octets,
               const std::filesystem::path& file);
void sync_file(const FileDescriptor& descriptor, const std::filesystem::path& file);

/// Syncs the names in a folder.
void sync_folder(const std::filesystem::path& folder);
/// Creates it (0700) with its parents when missing, and syncs its name.
void make_folder(const std::filesystem::path& folder);

}  // namespace mailstore
