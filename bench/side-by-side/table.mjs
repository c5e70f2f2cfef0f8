// Turns the results of a run into a Markdown page.

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const rounded = (number) => (number >= 100 ? Math.round(number).toLocaleString("en-US") : number.toFixed(number >= 10 ? 1 : 2));

function cell(values) {
  if (!values) return "–";
  const range = values.length > 1 ? ` (${rounded(Math.min(...values))}–${rounded(Math.max(...values))})` : "";
  return rounded(median(values)) + range;
}

const flushed = ({ append_ms, overwrite_ms }) => `${append_ms.toFixed(2)} ms appended, ${overwrite_ms.toFixed(2)} ms overwritten`;

export function table({ machine, corpus, repeats, rows }) {
  const lines = [
    `Machine: ${machine.processors} × ${machine.processor}, ${machine.memory_gb} GB, ${machine.system}, Node ${machine.node}. ` +
    `fdatasync of 4 KiB, median: ${flushed(machine.fdatasync)} before and ${flushed(machine.fdatasync_after)} after the run. ` +
    `Corpus: ${corpus.count.toLocaleString("en-US")} messages, ${corpus.vocabulary.toLocaleString("en-US")} distinct words, SHA-256 ${corpus.sha256.slice(0, 12)}…`,
    "",
    `Median (least–most) of ${repeats} round(s); cold starts: 7 processes. Ratio = ours / baseline.`,
    "",
    "| measure | unit | better | ours | baseline | ratio |",
    "|---|---|---|---:|---:|---:|",
    ...rows.map(({ title, unit, better, median: middle, all }) => {
      const ratio = middle.ours !== undefined && middle.baseline ? rounded(middle.ours / middle.baseline) : "–";
      return `| ${title} | ${unit} | ${better} | ${cell(all.ours)} | ${cell(all.baseline)} | ${ratio} |`;
    }),
  ];
  return lines.join("\n") + "\n";
}
