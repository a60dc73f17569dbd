import type { Context } from "../../context.ts";
import type { Editor } from "../../editors/index.ts";
import type { getSource, PageTrouble } from "../../sources/index.ts";
import { Button, Notice } from "../ui/parts.tsx";
import { DeskPage } from "./desk-page.tsx";
import { mayChange } from "./env.ts";
import { Facts, Head, Mark, Moment, sentence } from "./parts.tsx";
import { SOURCE_TONES } from "./source-tones.ts";
import { words } from "./words.ts";

type Source = Awaited<ReturnType<typeof getSource>>;

interface SourceProps {
  ctx: Context;
  editor: Editor;
  source: Source;
}

/** One source: how it stands, its buttons, and the pages that are not taken in. */
export function SourcePage({ ctx, editor, source, said }: SourceProps & { said: string | undefined }) {
  const title = titleOf(source);
  return (
    <DeskPage ctx={ctx} editor={editor} place="sources" title={title}>
      <Head title={title} crumb={CRUMB}>
        {mayChange(editor) && <Buttons source={source} />}
      </Head>
      {said !== undefined && Object.hasOwn(SAID, said) && <Notice>{SAID[said as keyof typeof SAID]}</Notice>}
      <SourceFacts source={source} timezone={ctx.config.site.timezone} />
      <Troubles troubles={source.troubles} />
    </DeskPage>
  );
}

const CRUMB = { href: "/admin/sources", label: words.sources.title };
const { followed, known } = words.sources;
const { paused, resumed, polled } = words.source;
const SAID = { followed, known, paused, resumed, polled };

function titleOf({ title, kind, url }: Source): string {
  return title ?? (kind === "notices" ? words.sources.kinds.notices : url);
}

function Buttons({ source: { id, status } }: { source: Source }) {
  const { pause, resume, poll, remove } = words.source;
  const acts = status === "paused" ? { resume } : { poll, pause };
  return (
    <div class="actions">
      {Object.entries(acts).map(([act, label]) => (
        <form method="post" action={`/admin/sources/${id}/${act}`}>
          <Button look="plain">{label}</Button>
        </form>
      ))}
      <a href={`/admin/sources/${id}/remove`}>{remove}</a>
    </div>
  );
}

function SourceFacts({ source, timezone }: { source: Source; timezone: string }) {
  const { facts, counts } = words.source;
  const { url, kind, status, failingSince, lastError, lastOkAt, nextPollAt, note, pages } = source;
  const when = (at: number | null) => (at === null ? null : <Moment at={at} timezone={timezone} />);
  return (
    <Facts
      facts={[
        [facts.state, <Mark tone={SOURCE_TONES[status]}>{words.sources.states[status]}</Mark>],
        [facts.failing, when(failingSince)],
        [facts.error, lastError && sentence(lastError)],
        [facts.kind, words.sources.kinds[kind]],
        [facts.address, url],
        [facts.read, when(lastOkAt) ?? words.sources.neverRead],
        [facts.next, status === "paused" ? null : when(nextPollAt)],
        [facts.pages, counts(pages.taken, pages.waiting, pages.failing, pages.gone, pages.refused, pages.notFollowed)],
        [facts.note, note && sentence(note)],
      ]}
    />
  );
}

function Troubles({ troubles }: { troubles: PageTrouble[] }) {
  if (troubles.length === 0) return null;
  const { troubles: title, troubleStates, tries } = words.source;
  return (
    <section class="desk-section" aria-labelledby="troubles">
      <h2 id="troubles">{title}</h2>
      <ul class="rows">
        {troubles.map(({ url, state, reason, attempts }) => (
          <li>
            <div class="what">
              <span class="title">{url}</span>
              {reason !== null && <p class="quiet small">{sentence(reason)}</p>}
            </div>
            <p class="side">
              {attempts > 1 && <span>{tries(attempts)}</span>}
              <Mark tone={state === "failing" ? "warn" : ""}>{troubleStates[state]}</Mark>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Asked once more, because what was read of its pages is forgotten. */
export function RemovePage({ ctx, editor, source }: SourceProps) {
  const { removeTitle, removeText, removeButton, keep } = words.source;
  const title = removeTitle(titleOf(source));
  return (
    <DeskPage ctx={ctx} editor={editor} place="sources" title={title}>
      <Head title={title} text={removeText} crumb={CRUMB} />
      <form class="actions" method="post" action={`/admin/sources/${source.id}/remove`}>
        <Button look="danger">{removeButton}</Button>
        <a href={`/admin/sources/${source.id}`}>{keep}</a>
      </form>
    </DeskPage>
  );
}
