import type { Part } from "../changes.ts";
import type { ChangeWords, SectionChange } from "./words.ts";

const NUMBERS = ["", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"];
const list = (names: string[]) => new Intl.ListFormat("es", { type: "conjunction" }).format(names);
// Spanish puts the full stop behind the quotation marks (RAE, Ortografía 2010, 3.4.8).
const quote = (text: string) => `«${text.replaceAll('"', "'").replace(/\.$/, "")}»`;

function part(one: Part): string {
  switch (one.kind) {
    case "replaced":
      return `${quote(one.was)} es ahora ${quote(one.is)}`;
    case "added":
      return `Ahora dice también: ${quote(one.is)}`;
    case "removed":
      return `Ya no dice: ${quote(one.was)}`;
    case "says":
      return `Ahora dice: ${quote(one.is)}`;
    case "rewritten":
      return `Se ha reescrito. Ahora empieza así: ${quote(one.is)}`;
    case "emptied":
      return "Su texto se ha retirado";
    case "punctuation":
      return "Solo cambiaron la puntuación o las mayúsculas";
    case "reordered":
      return "Los mismos puntos en otro orden";
    case "more":
      return one.count === 1 ? "1 cambio más" : `${one.count} cambios más`;
    case "new":
      return one.is === "" ? "Sección nueva" : `Sección nueva: ${quote(one.is)}`;
    case "gone":
      return "Esta sección se ha retirado";
    case "renamed":
      return one.was === "" ? "Era el comienzo del artículo" : `Antes se llamaba ${quote(one.was)}`;
    case "moved":
      return "Cambió de lugar dentro del artículo";
    case "split":
      return `Sección nueva, con texto que estaba en ${quote(one.was)}`;
    case "merged":
      return `Su texto está ahora en ${quote(one.is)}`;
    case "took":
      return `Ahora contiene también lo que estaba en ${list(one.was.map(quote))}`;
    case "gave":
      return `Una parte está ahora en ${list(one.is.map(quote))}`;
  }
}

const VERBS: Record<SectionChange, [one: string, many: string]> = {
  changed: ["cambió", "cambiaron"],
  added: ["es una sección nueva", "son secciones nuevas"],
  removed: ["se ha retirado", "se han retirado"],
  moved: ["cambió de lugar", "cambiaron de lugar"],
};

function sections(change: SectionChange, names: string[], rest: number): string {
  const others = rest > 0 ? [rest === 1 ? "otra sección" : `otras ${NUMBERS[rest] ?? rest} secciones`] : [];
  const [one, many] = VERBS[change];
  return `${list([...names, ...others])} ${names.length + rest === 1 ? one : many}`;
}

function references(added: number, removed: number, changed: number): string {
  const counts = [
    [added, "añadida", "añadidas"],
    [removed, "retirada", "retiradas"],
    [changed, "modificada", "modificadas"],
  ] as const;
  const told = counts
    .filter(([count]) => count > 0)
    .map(([count, one, many], place) => {
      const what = place > 0 ? "" : count === 1 ? " referencia" : " referencias";
      return `${count}${what} ${count === 1 ? one : many}`;
    });
  return list(told);
}

function reviewers(added: string[], removed: string[]): string {
  if (added.length === 0) return `ya no se nombra a ${list(removed)} en la revisión`;
  const instead = removed.length > 0 ? ` en lugar de ${list(removed)}` : "";
  return instead ? `revisado por ${list(added)}${instead}` : `ahora revisado también por ${list(added)}`;
}

const HEAD = { title: "el título", summary: "el resumen" };

export const es: ChangeWords = {
  places: { title: "Título", summary: "Resumen", opening: "Comienzo" },
  quote,
  part,
  close: (sentence) => (sentence.endsWith(".") ? sentence : `${sentence}.`),
  summary: {
    nothing: "Nada ha cambiado.",
    reviewedAgain: "Revisado de nuevo; dice lo mismo que antes.",
    onlyDates: "Solo cambiaron las fechas.",
    sections,
    opening: "el comienzo",
    head: (fields) => `${list(fields.map((field) => HEAD[field]))} ${fields.length === 1 ? "cambió" : "cambiaron"}`,
    renamed: (before, after) => `${before} se llama ahora ${after}`,
    manyRenamed: (count) => `${NUMBERS[count] ?? count} secciones tienen otro nombre`,
    references,
    reviewers,
    more: "y más",
  },
};
