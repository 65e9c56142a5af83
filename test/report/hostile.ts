/** A report whose every text tries to be markup or script: names of files, classes, sets, machines. */
import type { Report } from "../../src/report/index.ts";
import { makeReport } from "./fixture.ts";

const text = `"><img src=x onerror=alert(1)><script>alert(2)</script>\n'&{{\u202e`;
const file = "<img src=x onerror=alert(1)>.jpg";
const label = "</script><script>alert(3)</script>";

export function hostileReport(): Report {
  const report = makeReport(40);
  const { data, map, neighbours, pictures, run, errors, head, clusters } = report;
  const named = { path: file, image: text };
  return {
    ...report,
    title: text,
    data: {
      ...data,
      dataset: text,
      source: text,
      rejected: [{ code: text, count: 1, examples: [{ path: file, values: { why: text } }] }],
      labelSets: data.labelSets.map((set) => ({
        ...set,
        name: text,
        classes: set.classes.map(() => label),
      })),
    },
    doubtful: report.doubtful.map((one) => ({ ...one, code: label, pictures: [named] })),
    resolution: report.resolution.map((one) => ({
      ...one,
      labelSet: text,
      pairs: one.pairs.map((pair) => ({ ...pair, classes: [label, text] })),
    })),
    splits: report.splits.map((one) => ({
      ...one,
      labelSet: text,
      facet: label,
      worst: { value: text, right: 1, of: 2 },
    })),
    errors: errors && {
      ...errors,
      classes: errors.classes.map((one) => ({ ...one, name: label })),
      confusions: errors.confusions.map((one) => ({
        ...one,
        truth: label,
        answer: text,
        pictures: [named],
      })),
    },
    ...(head && {
      head: {
        ...head,
        labelSet: text,
        kind: label,
        split: text,
        ...(head.coverage && {
          coverage: {
            ...head.coverage,
            classes: head.coverage.classes.map((one) => ({ ...one, name: label })),
            slices: head.coverage.slices.map((one) => ({ ...one, name: text })),
          },
        }),
        refused: [{ code: text, values: { why: label } }],
        confusions: [{ truth: label, answer: text, count: 1, of: 2, pictures: [named] }],
      },
    }),
    clusters: clusters && {
      ...clusters,
      groups: clusters.groups.map((group) => ({
        ...group,
        typical: [named],
        labels: { of: 1, classes: [{ name: label, count: 1 }] },
      })),
      members: { path: [`</script>${file}`], group: [0] },
    },
    measures: report.measures.map((row) => ({ ...row, labelSet: text, protocol: text })),
    layers: report.layers.map((layer) => ({
      ...layer,
      labelSet: text,
      taps: layer.taps.map((tap) => ({ ...tap, tap: text })),
    })),
    pictures: pictures.map(() => ({
      path: file,
      image: text,
      input: text,
      views: ["javascript:alert(1)", `data:text/html,${text}`],
    })),
    neighbours: neighbours.map((row) => ({
      query: { ...row.query, path: file, label, image: text },
      nearest: row.nearest.map((found) => ({ ...found, path: file, label })),
    })),
    map: map && {
      ...map,
      path: map.path.map(() => `</script>${text}`),
      labels: map.labels.map((one) => ({ ...one, labelSet: text })),
      sheets: map.sheets.map((one) => ({ ...one, image: text })),
    },
    run: { ...run, id: text, host: text, configuration: { [text]: text } },
    next: [{ id: "verdict/next-search", values: {}, command: text }],
  };
}
