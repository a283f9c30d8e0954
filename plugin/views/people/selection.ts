/** Returns the selection with one person added or, if the person was selected, removed. */
export function togglePerson(selected: ReadonlySet<number>, id: number): Set<number> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/**
 * Returns the selection with more people added: all people between two places of the list,
 * including the people at both places.
 * @param ids the ids of all people in the list, in the order of the list
 */
export function selectRange(
  selected: ReadonlySet<number>,
  ids: readonly number[],
  from: number,
  to: number,
): Set<number> {
  return new Set([...selected, ...ids.slice(Math.min(from, to), Math.max(from, to) + 1)]);
}

/** Returns the selection without people who are no longer in the list. */
export function keepListedPeople(selected: ReadonlySet<number>, ids: readonly number[]): Set<number> {
  const listed = new Set(ids);
  return new Set([...selected].filter((id) => listed.has(id)));
}
