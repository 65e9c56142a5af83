/** Cards of the groups found without labels, which a person can name. */

import { type Html, html, oneLine, scriptJson } from "../html/index.ts";
import type { ClusterFacts } from "./chapters.ts";
import type { Picture, Report } from "./model.ts";
import { pictureRow } from "./picture-row.ts";
import { say, written } from "./text.ts";

export function clusters({ clusters: facts, data, run }: Report): Html | null {
  if (!facts) return null;
  const { groups, encoder, items, members } = facts;
  const content = {
    key: `tanafuda-groups-${data.dataset}-${run.id}-${encoder}`,
    path: members.path.map(oneLine),
    group: members.group,
  };
  return html`<p class="lead">${say("report/clusters-lead", { count: groups.length, encoder })}</p>
<div class="groups">${groups.map((group, i) => card(group, i, items))}</div>
<p class="screen"><button type="button" id="groups-download" class="action">${say("report/groups-download")}</button></p>
${members.path.length > 0 ? html`<p class="hint screen">${say("report/groups-use", { dataset: data.dataset })}</p>` : null}
<p class="hint">${say("report/clusters-rule", { items })}</p>
<script type="application/json" id="groups-data">${scriptJson(content)}</script>`;
}

function card(group: ClusterFacts["groups"][number], i: number, items: number): Html {
  const { size, typical, odd, leastAlike, labels, nearest } = group;
  return html`<article class="group" aria-labelledby="group-${i}">
<div class="group-head"><h3 id="group-${i}">${say("report/group", { number: i + 1 })}</h3>
<label><span class="away">${say("report/group-name", { number: i + 1 })}</span><input type="text" class="group-name" data-group="${i}" maxlength="60" autocomplete="off" spellcheck="false"></label>
<p class="group-size">${say("report/group-size", { count: size })} <span class="of">${written(size / items, "percent")}</span></p></div>
<div class="group-pictures">${row(say("report/typical"), typical)}${row(say("report/odd"), odd)}${row(say("report/least-alike"), leastAlike)}</div>
<p class="hint">${say("report/group-tight", { kind: tightness(group.spread) })}${
    nearest === undefined ? null : html` · ${say("report/group-nearest", { number: nearest + 1 })}`
  }${
    labels && labels.of > 0
      ? html`<br>${say("report/group-labels", { labels: labelList(labels), of: labels.of })}`
      : null
  }</p></article>`;
}

function row(label: Html, pictures: readonly Picture[]): Html | null {
  const shown = pictureRow(pictures);
  return shown && html`<div class="group-row"><p class="of">${label}</p>${shown}</div>`;
}

/** Spread relative to all pictures: below a tenth tight, above a third loose. */
function tightness(spread: number): "tight" | "loose" | "ordinary" {
  if (spread < 0.1) return "tight";
  return spread > 0.34 ? "loose" : "ordinary";
}

function labelList({ classes }: NonNullable<ClusterFacts["groups"][number]["labels"]>): string {
  return classes.map(({ name, count }) => `${name} (${written(count, "count")})`).join(", ");
}
