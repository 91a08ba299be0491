/** The number of letters to insert, remove, replace or swap with a neighbour to make one text of the other. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swaps = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = swaps ? before[j - 2]! + 1 : Infinity;
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, replaced, swapped);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}

/** The name that was probably meant; undefined when none is near enough to say so. */
export function nearest(text: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  const parts = text.split('/').length;
  for (const name of names) {
    // Of a path, the last parts alone may have been typed.
    const tail = name.split('/').slice(-parts).join('/');
    const distance = Math.min(
      editDistance(text.toLowerCase(), name.toLowerCase()),
      editDistance(text.toLowerCase(), tail.toLowerCase()) + 0.5,
    );
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return least <= Math.max(1.5, text.length / 3) ? best : undefined;
}
