import type { Frame } from "../ui/page.tsx";
import { Button, WordsPage } from "../ui/parts.tsx";

/** Asks once before what cannot be undone, and says what stays. */
export function ErasePage({ frame, token }: { frame: Frame; token: string }) {
  const { eraseAsk, eraseConfirm, back } = frame.messages.preferences;
  return (
    <WordsPage frame={frame} words={eraseAsk} personal>
      <div class="actions">
        <form method="post">
          <input type="hidden" name="action" value="erase" />
          <input type="hidden" name="sure" value="yes" />
          <Button look="danger">{eraseConfirm}</Button>
        </form>
        <a href={`/preferences/${token}`}>{back}</a>
      </div>
    </WordsPage>
  );
}
