/**
 * Tasks that Label Studio imports (Basic Label Studio JSON, https://labelstud.io/guide/tasks), and the
 * labelling configuration that fits them. Who labelled stands beside each choice and not in
 * `completed_by`: an import with an annotator whom that server does not know is refused whole.
 */
import { pathMember } from "./image-file.ts";

/** Where Label Studio serves files below its LOCAL_FILES_DOCUMENT_ROOT. */
const imagePrefix = "/data/local-files/?d=";

export interface TaskToWrite {
  readonly path: string;
  readonly answers: readonly { readonly label: string; readonly by: string; readonly at: string }[];
}

export interface TasksOptions {
  /** The question: a label set. */
  readonly question: string;
}

/** The text of the file. An answer without a label is a skipped annotation. */
export function writeTasks(tasks: readonly TaskToWrite[], { question }: TasksOptions): string {
  let annotations = 0;
  const written = tasks.map(({ path, answers }, i) => ({
    id: i + 1,
    data: {
      image: imagePrefix + encodeURIComponent(path).replaceAll("%2F", "/"),
      [pathMember]: path,
    },
    annotations: answers.map(({ label, by, at }, k) => ({
      id: ++annotations,
      result: label === "" ? [] : [choice(question, { label, by, at, id: `${i + 1}-${k + 1}` })],
      was_cancelled: label === "",
      ground_truth: false,
      created_at: at,
      updated_at: at,
    })),
  }));
  return `${JSON.stringify(written, undefined, 1)}\n`;
}

function choice(
  question: string,
  { label, by, at, id }: { label: string; by: string; at: string; id: string },
) {
  return {
    id,
    from_name: nameOf(question),
    to_name: "image",
    type: "choices",
    value: { choices: [label] },
    meta: { labelled_by: by, labelled_at: at },
  };
}

/** XML for the project's labelling interface. */
export function labelConfig(question: string, classes: readonly string[]): string {
  const choices = classes.map((name) => `    <Choice value="${escaped(name)}"/>`);
  return [
    "<View>",
    '  <Image name="image" value="$image"/>',
    `  <Choices name="${escaped(nameOf(question))}" toName="image" choice="single" showInline="true">`,
    ...choices,
    "  </Choices>",
    "</View>",
    "",
  ].join("\n");
}

/** Names of tags have no blanks. */
function nameOf(question: string): string {
  return question.replace(/\s+/g, "_");
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
}
