/** Shows a file in the program that the machine's user reads such files with. */
import { spawn } from "node:child_process";

const viewers: Readonly<Record<string, string>> = { win32: "explorer.exe", darwin: "open" };

/** Whether a viewer was started; it lives on when this process ends. */
export function openFile(path: string): Promise<boolean> {
  const viewer = viewers[process.platform] ?? "xdg-open";
  return new Promise((resolve) => {
    const child = spawn(viewer, [path], { stdio: "ignore", detached: true });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}
