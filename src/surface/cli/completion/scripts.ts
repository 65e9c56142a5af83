/**
 * What a shell is told once: to ask the program for candidates. Words go over as arguments, never
 * through `eval`, so that nothing on a half-typed line is executed.
 */

export const shells = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof shells)[number];

export function script(shell: Shell): string {
  switch (shell) {
    case "bash":
      return bash;
    case "zsh":
      return zsh;
    case "fish":
      return fish;
    default:
      return shell satisfies never;
  }
}

/** Where the script lies when it is there for good, and how it gets there. */
export function lasting(shell: Shell): string {
  switch (shell) {
    case "bash":
      return "echo 'source <(tanafuda completion bash)' >> ~/.bashrc";
    case "zsh":
      return "echo 'source <(tanafuda completion zsh)' >> ~/.zshrc";
    case "fish":
      return "tanafuda completion fish > ~/.config/fish/completions/tanafuda.fish";
    default:
      return shell satisfies never;
  }
}

/** bash breaks words at = : @ too; candidates are given from the last such mark on. */
const bash = `# bash completion for tanafuda
_tanafuda() {
  local typed="\${COMP_LINE:0:COMP_POINT}" current line mark start="" files=""
  local -a words
  read -ra words <<< "$typed"
  [[ "$typed" == *[[:space:]] ]] && words+=("")
  current="\${words[\${#words[@]}-1]}"
  for mark in = : @; do
    if [[ "$COMP_WORDBREAKS" == *"$mark"* && "$current" == *"$mark"* ]]; then
      line="\${current%"\${current##*"$mark"}"}"
      (( \${#line} > \${#start} )) && start="$line"
    fi
  done
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ "$line" == ":files" ]]; then files=yes; continue; fi
    line="\${line%%$'\\t'*}"
    COMPREPLY+=("\${line#"$start"}")
  done < <(tanafuda complete -- "\${words[@]:1}" 2>/dev/null)
  if [[ -n "$files" ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "\${current#"$start"}")
  fi
}
complete -F _tanafuda tanafuda
`;

const zsh = `#compdef tanafuda
_tanafuda() {
  local line tab=$'\\t' files=""
  local -a found
  for line in "\${(@f)$(tanafuda complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    if [[ "$line" == ":files" ]]; then files=yes
    elif [[ -n "$line" ]]; then found+=("\${\${line//:/\\\\:}/$tab/:}")
    fi
  done
  (( \${#found} )) && _describe -V tanafuda found
  [[ -n "$files" ]] && _files
  return 0
}
(( \${+functions[compdef]} )) || { autoload -Uz compinit && compinit; }
compdef _tanafuda tanafuda
`;

const fish = `# fish completion for tanafuda
function __tanafuda_complete
  set -l words (commandline -opc) (commandline -ct)
  tanafuda complete -- $words[2..-1] 2>/dev/null
end
function __tanafuda_files
  __tanafuda_complete | string match -q ":files"
end
complete -c tanafuda -f -a '(__tanafuda_complete | string match -v ":files")'
complete -c tanafuda -n __tanafuda_files -F
`;
