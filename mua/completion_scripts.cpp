#include "mua/completion_scripts.hpp"

namespace mua {

namespace {

// bash cuts words at ":" and "=": they are joined again, and of what is offered only what comes
// behind the last of these is put in.
constexpr std::string_view kBash =
    R"sh(# bash completion of mua. In ~/.bashrc: source <(mua completion bash)
_mua() {
  local words=() word cut line joined=
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [[ ${#words[@]} -gt 0 && ( $word == [:=]* || $joined ) ]]; then
      words[${#words[@]}-1]+=$word
    else
      words+=("$word")
    fi
    [[ $word == *[:=] ]] && joined=1 || joined=
  done
  word=${words[${#words[@]}-1]}
  word=${word#[\"\']}
  words[${#words[@]}-1]=$word
  cut=${word%"${word##*[:=]}"}
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files) compopt -o filenames
              while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "${word#"$cut"}") ;;
      :folders) compopt -o filenames
                while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "${word#"$cut"}") ;;
      *) line=${line%%$'\t'*}
         COMPREPLY+=("$(printf %q "${line#"$cut"}")") ;;
    esac
  done < <("${COMP_WORDS[0]}" completion words "${words[@]}" 2>/dev/null)
}
complete -F _mua mua
)sh";

constexpr std::string_view kZsh = R"sh(#compdef mua
# zsh completion of mua. In ~/.zshrc, after compinit: source <(mua completion zsh)
_mua() {
  local -a described
  local line files
  for line in "${(@f)$("${words[1]}" completion words "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      '') ;;
      :files) files=all ;;
      :folders) files=folders ;;
      *) described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
    esac
  done
  (( $#described )) && _describe -V mua described
  case $files in
    all) _files ;;
    folders) _files -/ ;;
  esac
}
if [ "$funcstack[1]" = _mua ]; then _mua "$@"; else compdef _mua mua; fi
)sh";

constexpr std::string_view kFish =
    R"sh(# fish completion of mua. Once: mua completion fish > ~/.config/fish/completions/mua.fish
function __mua_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    for line in ($words[1] completion words $words[2..-1] "$typed" 2>/dev/null)
        switch $line
            case :files
                __fish_complete_path "$typed"
            case :folders
                __fish_complete_directories "$typed"
            case '*'
                echo $line
        end
    end
end
complete -c mua -f -a '(__mua_complete)'
)sh";

}  // namespace

std::string_view completion_script(std::string_view shell) {
  if (shell == "bash") return kBash;
  if (shell == "zsh") return kZsh;
  if (shell == "fish") return kFish;
  return "";
}

}  // namespace mua
