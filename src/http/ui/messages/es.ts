import type { Messages } from "./messages.ts";

const RHYTHM = {
  immediate: "un correo breve cada vez que algo se publique o cambie",
  daily: "un correo al día",
  weekly: "un correo a la semana",
  monthly: "un correo al mes",
};

const WRONG: Record<string, string> = {
  email: "Escriba una dirección de correo como nombre@example.org.",
  timezone: "Elija una zona horaria de la lista.",
  topics: "Elija entre los temas de la lista.",
  cadence: "Elija una de las frecuencias de la lista.",
};

export const es: Messages = {
  tag: "es",
  dir: "ltr",
  name: "Español",

  frame: {
    skip: "Ir al contenido",
    earlier: "Ediciones anteriores",
    subscribe: "Suscribirse",
    mailbox: "Buzón",
    language: "Idioma",
  },

  home: {
    title: (site) => `${site}, por correo`,
    text: "Artículos nuevos y artículos revisados de nuevo, con lo que cambió en ellos.",
    points: [
      "Cada artículo dice quién lo revisó y cuándo.",
      "Si una revisión cambia lo que le dijimos, decimos qué cambió.",
      "Sin rastreo. Puede darse de baja en cualquier momento con un clic.",
    ],
    latest: "Ediciones anteriores",
  },

  form: {
    title: (site) => `${site}, por correo`,
    text: "Artículos nuevos y lo que cambió en los que ya leyó. Usted elige la frecuencia.",
    email: "Dirección de correo",
    emailHint: "Solo para enviarle esto y para nada más.",
    choose: "Temas y frecuencia",
    chooseHint: "Todo, una vez a la semana, si no elige otra cosa",
    button: "Suscribirse",
    unreachable: "No nos ha llegado. Inténtelo otra vez o use esta página:",
    trap: "Deje este campo vacío",
    problems: "Hay algo que revisar",
  },

  choices: {
    topics: "Temas",
    topicsHint: "Si no elige ninguno, recibirá todo.",
    everything: "Todo",
    chosen: "Solo estos temas",
    rhythm: "Frecuencia",
    cadences: {
      immediate: { name: "Al momento", hint: "Un correo breve cada vez que algo se publique o cambie" },
      daily: { name: "Diaria", hint: "Los días en que haya algo que leer" },
      weekly: { name: "Semanal", hint: "Cuando haya algo que leer" },
      monthly: { name: "Mensual", hint: "Cuando haya algo que leer" },
    },
    zone: "Zona horaria",
    zoneHint: "Las ediciones salen por la mañana en esta zona.",
    locale: "Idioma",
  },

  wrong: (field) => WRONG[field] ?? "Elija uno de los valores ofrecidos.",

  inbox: {
    title: "Revise su correo",
    sent: "Hemos escrito a",
    next: "Abra ese correo y confirme allí. Hasta entonces no se envía nada más.",
    nothing: "¿No llega en unos minutos? Mire entre el correo no deseado.",
    mend: "La dirección tiene un error",
    mendButton: "Usar esta dirección",
  },

  confirm: {
    ask: {
      title: "Confirme su suscripción",
      text: "Un botón y su suscripción comienza. Si no la pidió usted, cierre la página: no se enviará nada.",
    },
    button: "Sí, quiero suscribirme",
    already: {
      title: "Ya está dentro",
      text: "Esta suscripción ya se había confirmado. No tiene que hacer nada más.",
    },
    expired: {
      title: "Este enlace ha caducado",
      text: "Los enlaces de confirmación sirven durante tres días. Indique su dirección otra vez y enviamos uno nuevo.",
    },
    unknown: {
      title: "Este enlace no abre nada",
      text: "Puede que llegara incompleto o que la solicitud se haya retirado. Puede indicar su dirección otra vez.",
    },
    done: "Ya está dentro",
    next: {
      immediate: () => "Le escribiremos en cuanto algo se publique o cambie.",
      daily: (day) => `La próxima edición es el ${day}, si hay algo nuevo que leer.`,
      weekly: (day) => `La próxima edición es el ${day}, si hay algo nuevo que leer.`,
      monthly: (day) => `La próxima edición es el ${day}, si hay algo nuevo que leer.`,
    },
    optional:
      "Si quiere, elija sus temas y la frecuencia. También puede hacerlo más tarde: el enlace está en cada correo.",
    preferences: "Elegir temas y frecuencia",
    again: "Indicar la dirección otra vez",
  },

  notMe: {
    ask: {
      title: "¿No fue usted?",
      text: "Alguien escribió su dirección en nuestro formulario. Pulse el botón y olvidamos la solicitud y la dirección.",
    },
    button: "Olvidar esta solicitud",
    done: {
      title: "Olvidada",
      text: "Gracias por avisarnos. La solicitud sin confirmar ya no existe y no se enviará nada por ella.",
    },
  },

  leave: {
    ask: { title: "Darse de baja", text: "Un botón y no llegará nada más." },
    button: "Darme de baja",
    done: { title: "Se ha dado de baja", text: "No llegará nada más." },
    undo: "¿Fue un error?",
    undoLink: "Suscribirse otra vez",
  },

  preferences: {
    title: "Sus preferencias",
    text: "Cambie lo que quiera y guarde una vez al final.",
    address: "Esta suscripción llega a",
    privacy: "Privacidad",
    discreet: "Modo discreto",
    discreetHint: "El remitente, el asunto y las primeras líneas no dicen quién escribe ni sobre qué.",
    pause: "Pausa",
    pauseKeep: (day) => `Seguir en pausa hasta el ${day}`,
    pauseEnd: "Terminar la pausa ahora",
    pauseNone: "Sin pausa",
    weeks: (count) => (count === 1 ? "Durante 1 semana" : `Durante ${count} semanas`),
    save: "Guardar preferencias",
    saved: ({ cadence, topics, pausedUntil }) => {
      const about = topics === 0 ? "todo" : topics === 1 ? "1 tema" : `${topics} temas`;
      const choice = `Guardado. Recibe ${RHYTHM[cadence]}, sobre ${about}.`;
      return pausedUntil === null
        ? choice
        : `${choice} Hasta el ${pausedUntil} no se envía nada, salvo la corrección de algo que ya recibió.`;
    },
    chooseOne: "Elija al menos un tema, o todo.",
    data: "Sus datos",
    dataText: "Un archivo con todo lo que guardamos sobre usted: su dirección, lo que eligió y cuándo aceptó qué.",
    export: "Descargar mis datos",
    leave: "Darse de baja",
    leaveText: "No llegará más correo. Puede volver cuando quiera.",
    leaveButton: "Darme de baja",
    erase: "Borrar",
    eraseText: "Termina la suscripción y borra su dirección.",
    eraseButton: "Borrar mis datos",
    eraseAsk: {
      title: "¿Borrar sus datos?",
      text: "Su dirección y lo que eligió se borran al momento. Guardamos una marca cifrada de la que no se puede recuperar la dirección, para que nadie vuelva a suscribirla por error. No se puede deshacer.",
    },
    eraseConfirm: "Sí, borrar todo",
    erased: {
      title: "Sus datos están borrados",
      text: "Su dirección y lo que eligió se han borrado. No llegará nada más.",
    },
    back: "Volver a las preferencias",
    departed: {
      title: "Se ha dado de baja",
      text: "Ya no se le envía nada. Su dirección se guarda solo para que ninguna importación la recupere.",
    },
  },

  archive: {
    title: "Ediciones anteriores",
    text: "Lo que enviamos, tal como se envió.",
    empty: "Todavía no se ha enviado nada. La primera edición estará aquí cuando haya salido.",
    older: "Ediciones más antiguas",
    feed: "Seguir como canal",
  },

  changes: {
    kicker: "Qué cambió",
    title: (article) => `Qué cambió: ${article}`,
    text: "Todas las versiones de este artículo que hemos visto, la más reciente primero.",
    read: "Leer el artículo",
    version: (number) => `Versión ${number}`,
    first: "La primera versión que hemos visto.",
    taken: (day) => `vista el ${day}`,
    kinds: { published: "Nuevo", "re-reviewed": "Revisado de nuevo", corrected: "Corregido" },
    noEvent: "Editado",
    firstSeen: "Primera vista",
    added: "Sección nueva.",
    removed: "Ya no forma parte del artículo.",
    renamed: (before) => `Antes se llamaba «${before}».`,
    moved: "Cambió de lugar.",
    changed: "Cambió el texto de esta sección.",
    nothing: "Las secciones dicen lo mismo que antes.",
    published: "Publicado por primera vez",
    updated: "Última actualización",
    reviewed: "Última revisión",
    reviewers: "Revisado por",
    references: "Referencias",
    referencesAdded: "Referencias añadidas",
    referencesRemoved: "Referencias retiradas",
    reviewersAdded: "Revisores añadidos",
    reviewersRemoved: "Revisores que ya no se nombran",
    editorNote: "De la redacción",
  },

  errors: {
    missing: {
      title: "Aquí no hay ninguna página",
      text: "Puede que la dirección tenga un error o que la página se haya movido.",
    },
    link: {
      title: "Este enlace no abre nada",
      text: "Puede que llegara incompleto o que ya no exista lo que abría. Cada correo nuestro lleva enlaces nuevos.",
    },
    method: { title: "Esta página no puede hacer eso", text: "Vuelva atrás y use los botones de la página." },
    large: {
      title: "Era demasiado de una vez",
      text: "Lo enviado es más grande de lo que admite esta página. No se ha cambiado nada.",
    },
    limited: {
      title: "Inténtelo más tarde",
      text: "Llegaron demasiadas suscripciones desde esta red en una hora. No se ha perdido nada: el formulario volverá a abrirse pronto.",
    },
    foreign: {
      title: "Esto vino de otro sitio",
      text: "Por su seguridad, los formularios solo funcionan desde nuestras páginas. No se ha cambiado nada.",
    },
    invalid: { title: "No se pudo leer", text: "Algo en el formulario no era lo esperado. No se ha cambiado nada." },
    failed: {
      title: "Algo falló por nuestra parte",
      text: "No se ha perdido nada. Inténtelo otra vez en unos minutos.",
    },
    home: "Ir a la página de inicio",
    request: (id) => `Si nos escribe sobre esto, mencione ${id}.`,
  },
};
