import type { Holdings, Messages } from "./messages.ts";

const NUMBERS = ["", "", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"];
const many = (count: number, one: string, more: string) =>
  count === 1 ? one : `${NUMBERS[count] || String(count)} ${more}`;
const span = (months: number) =>
  months >= 24 && months % 12 === 0 ? many(months / 12, "un año", "años") : many(months, "un mes", "meses");
// Making it costs more than all else that a line of facts does.
let listFormat: Intl.ListFormat | undefined;
function list(names: string[]): string {
  listFormat ??= new Intl.ListFormat("es", { type: "conjunction" });
  return listFormat.format(names);
}

// "el 9 de enero de 2026", but "en enero de 2026".
const when = (day: string) => (/^\d{1,2} de /.test(day) ? `el ${day}` : `en ${day}`);

function holds({ corrected, changed, published, unchanged }: Holdings): string {
  const parts = [
    corrected > 0 ? many(corrected, "una corrección", "correcciones") : "",
    changed > 0 ? many(changed, "una revisión cambió lo que decimos", "revisiones cambiaron lo que decimos") : "",
    published > 0 ? many(published, "un artículo nuevo", "artículos nuevos") : "",
    unchanged > 0 ? many(unchanged, "un artículo confirmado sin cambios", "artículos confirmados sin cambios") : "",
  ].filter((part) => part !== "");
  const sentence = parts.length === 0 ? "esta vez no hay nada nuevo" : parts.join("; ");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

const RHYTHM = {
  immediate: "un correo breve cada vez que un artículo se publique o cambie",
  daily: "un correo al día, los días en que haya algo que leer",
  weekly: "un correo a la semana, cuando haya algo que leer",
  monthly: "un correo al mes, cuando haya algo que leer",
};

export const es: Messages = {
  dateLocale: "es",
  dir: "ltr",
  kinds: { published: "Nuevo", "re-reviewed": "Revisado de nuevo", corrected: "Corregido" },
  editions: {
    immediate: "Aviso de artículo",
    daily: "Edición diaria",
    weekly: "Edición semanal",
    monthly: "Edición mensual",
    once: "Edición",
  },

  discreet: {
    wordmark: "Su lectura",
    subjects: {
      immediate: "Algo nuevo para leer",
      daily: "Su lectura de hoy",
      weekly: "Su lectura de esta semana",
      monthly: "Su lectura de este mes",
      once: "Su lectura",
    },
    preheader: "Está aquí para cuando le venga bien.",
    opening:
      "Esta es la lectura que pidió, enviada de la forma discreta que eligió: el asunto y las primeras líneas no dicen de quién viene ni de qué trata.",
    confirmSubject: "Confirme su suscripción",
    welcomeSubject: "Su suscripción está confirmada",
    alreadySubject: "Acerca de su suscripción",
    servicePreheader: "Una nota breve sobre su suscripción.",
  },

  confirm: {
    subject: (site) => `Confirme su suscripción a ${site}`,
    words: (site, hours) => ({
      title: "Falta un paso",
      preheader: "Un botón y su suscripción comienza.",
      paragraphs: [
        `Esta dirección se indicó para recibir ${site} por correo: artículos nuevos y artículos revisados de nuevo, con lo que cambió en ellos.`,
        "Abra la página siguiente y confírmelo allí. Hasta entonces no se enviará nada.",
      ],
      button: "Confirmar mi suscripción",
      after: `El enlace sirve durante ${hours} horas.`,
    }),
    notMe: "Si no lo pidió usted, puede dejarlo sin respuesta y no llegará nada más. También puede avisarnos.",
    notMeLink: "No fui yo",
    reason: (site) => `Recibe este único correo porque su dirección se indicó en el formulario de ${site}.`,
  },
  welcome: {
    subject: (site) => `Su suscripción a ${site} está activa`,
    words: (site, cadence, topics) => ({
      title: "Ya está dentro",
      preheader: "Qué viene ahora y cómo cambiarlo.",
      paragraphs: [
        `Gracias por confirmar. Desde ahora recibirá ${RHYTHM[cadence]}.`,
        `${topics === 0 ? `Abarca todo lo que publica ${site}.` : `Abarca ${many(topics, "el tema que eligió", "temas que eligió")}.`} Cada artículo dice quién lo revisó y cuándo; si una revisión cambia lo que le dijimos, decimos qué cambió.`,
        "Puede elegir temas, frecuencia y un asunto discreto en cualquier momento.",
      ],
      button: "Elegir temas y frecuencia",
      after: null,
    }),
    archive: "Leer ediciones anteriores",
  },
  already: {
    subject: (site) => `Ya tiene una suscripción a ${site}`,
    words: (site) => ({
      title: "Ya tiene una suscripción",
      preheader: "No ha cambiado nada.",
      paragraphs: [
        `Esta dirección se indicó en el formulario de ${site}. Ya está suscrita, así que nada ha cambiado y no tiene que hacer nada.`,
        "Si fue usted, quizá buscaba sus temas o su frecuencia.",
      ],
      button: "Ver mis preferencias",
      after: null,
    }),
  },

  changes: {
    referenceCounts: (añadida, retirada, modificada) =>
      Object.entries({ añadida, retirada, modificada })
        .filter(([, count]) => count > 0)
        .map(([how, count]) => `${count} ${how}${count === 1 ? "" : "s"}`)
        .join(", ")
        .concat("."),
  },

  digest: {
    holds,
    empty: (site, day) => `${site}, ${day}`,
    reviewedAgain: "Revisado de nuevo",
    nothingChanged: "sin cambios",
    sectionsChanged: (count) => many(count, "cambió una sección", "secciones cambiaron"),
    andMore: (count) => `y ${count} más`,
    unchangedTitle: "Revisado de nuevo, sin cambios",
    whatChanged: "Qué cambió",
    whatWasCorrected: "Qué se corrigió",
    fromTheEditor: "De la redacción",
    seeChanges: "Ver todos los cambios de este artículo",
    moreChanges: (count) => `Y ${many(count, "un cambio más", "cambios más")}.`,
    added: "Sección nueva.",
    removed: "Ya no forma parte del artículo.",
    renamed: (before) => `Antes se llamaba «${before}».`,
    moved: "Pasó a otro lugar.",
    changed: "Cambió el texto de esta sección.",
    references: "Referencias",
    reviewed: (day, reviewers) => {
      const by = reviewers.length > 0 ? ` por ${list(reviewers)}` : "";
      return `revisado${day === null ? "" : ` ${when(day)}`}${by}`;
    },
    updated: (day) => `actualizado ${when(day)}`,
    published: (day) => `publicado ${when(day)}`,
    firstPublished: (day) => `publicado por primera vez ${when(day)}`,
    minutes: (count) => `${count} min de lectura`,
    referenceCount: (count) => (count === 1 ? "1 referencia" : `${count} referencias`),
    readOnline: "Leer esta edición en la web",
  },

  severities: { clarification: "Aclaración", correction: "Corrección", safety: "Corrección de seguridad" },

  correction: {
    opening: {
      clarification: "Algo que le dijimos en este artículo podía entenderse mal. Aquí está, dicho con más claridad.",
      correction: "Algo que le dijimos en este artículo no era correcto. Lo sentimos; esto es lo correcto.",
      safety:
        "Algo que le dijimos en este artículo no era correcto y puede afectar a su seguridad. Lo sentimos. Por favor, léalo entero.",
    },
    told: "Lo que le dijimos",
    right: "Lo correcto",
    why: "Por qué",
    whatToDo: "Qué hacer",
    askFirst:
      "Por favor, no empiece, deje ni cambie un medicamento o un tratamiento solo por este correo. Hable antes con su profesional de la salud o con un farmacéutico y, si le sirve, muéstrele este correo. Si se encuentra mal, o le preocupa algo que ha tomado, pida ayuda médica ahora.",
    quote: (words) => `«${words}»`,
    since: (day) => `en el artículo desde ${when(day).replace(/^en /, "")}`,
    on: {
      clarification: (day) => `aclarado ${when(day)}`,
      correction: (day) => `corregido ${when(day)}`,
      safety: (day) => `corregido ${when(day)}`,
    },
    seeChanges: "Ver esta corrección en el historial del artículo",
    reason: (site) =>
      `Recibe este correo porque un envío anterior de ${site} le llevó el artículo tal como era entonces. Una corrección llega en cuanto se hace, fuera de la frecuencia que eligió y también mientras sus envíos están en pausa. Nada más cambia en su suscripción.`,
    discreet: {
      subject: "Una nota sobre su lectura anterior",
      safetySubject: "Una nota importante sobre su lectura anterior",
      preheader: "Léala cuando tenga un momento tranquilo.",
      opening:
        "Se trata de algo que le enviamos antes. Llega de la forma discreta que eligió: el asunto y las primeras líneas no dicen de quién viene ni de qué trata.",
    },
  },

  reviewReminder: {
    subject: (total) =>
      total === 1 ? "1 artículo está pendiente de revisión" : `${total} artículos están pendientes de revisión`,
    preheader: (months) => `Última revisión hace más de ${span(months)}; primero los más antiguos.`,
    opening: (months, total) =>
      `Su última revisión, o su publicación si no la hubo, fue hace más de ${span(months)}. Desde entonces la evidencia puede haber cambiado.${total === 1 ? "" : " Los más antiguos van primero."}`,
    reviewed: (day) => `última revisión ${when(day)}`,
    neverReviewed: "nunca revisado",
    updated: (day) => `actualizado ${when(day)}`,
    published: (day) => `publicado ${when(day)}`,
    noDate: "no indica fecha de revisión ni de publicación",
    ago: (months) => `hace ${span(months)}`,
    more: (count) => `Y ${many(count, "un artículo más", "artículos más")}.`,
    list: "Ver la lista completa",
    reason: (site) =>
      `Recibe este correo el primer día del mes, cuando hay algo pendiente, porque lo pidió usted o la administración de ${site}. Para dejar de recibirlo, envíe DELETE /api/v1/editors/me/reminders con su clave de API o dígaselo a la administración.`,
    stop: "Cómo funcionan la lista y estos correos",
  },

  evidence: {
    correctedSince: "Corregido desde que apareció",
    said: (words) => `El artículo decía: «${words}»`,
    right: (words) => `Lo correcto es: ${words}`,
    why: (words) => `Por qué: ${words}`,
    where: "En qué parte del artículo",
    moreCorrections: (count) => `Y ${many(count, "una corrección más", "correcciones más")}.`,
    lastReviewed: (month) => `Última revisión: ${month}. Desde entonces la evidencia puede haber cambiado.`,
    neverReviewed: (month) =>
      `Publicado ${when(month)} y no revisado desde entonces. La evidencia puede haber cambiado.`,
    notReviewed: (months) =>
      `Sin revisar desde hace ${many(months, "un mes", "meses")}. La evidencia puede haber cambiado.`,
    noTopic: "Para todos los lectores",
    moreUnchanged: (count) => `Y ${many(count, "uno más", "más")}.`,
    rest: (count) => `Y ${count} más desde su última edición`,
  },

  footer: {
    reason: (site) => `Recibe este correo porque se suscribió a ${site} y lo confirmó.`,
    rhythm: {
      immediate: "Llega cada vez que un artículo se publica o cambia.",
      daily: "Llega una vez al día, cuando hay algo que leer.",
      weekly: "Llega una vez a la semana, cuando hay algo que leer.",
      monthly: "Llega una vez al mes, cuando hay algo que leer.",
    },
    preferences: "Cambiar o pausar lo que recibe",
    unsubscribe: "Darse de baja",
  },
};
