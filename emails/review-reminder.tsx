/** @jsxImportSource react */
import { Heading, Link, Text } from "@react-email/components";
import { Button } from "./_components/button.tsx";
import { FactLine } from "./_components/facts.tsx";
import { Frame } from "./_components/frame.tsx";
import { Part } from "./_components/item.tsx";
import type { ReviewReminderProps } from "./_props.ts";
import { reminderLetter, reminderView } from "./_review-reminder.ts";
import { sampleDue, sampleFrame } from "./_sample.ts";
import { below, faces, text as inColour, link } from "./_theme.ts";

export const subject = (props: ReviewReminderProps) => reminderView(props).subject;
export const text = (props: ReviewReminderProps) => reminderLetter(reminderView(props));

export default function ReviewReminder(props: ReviewReminderProps) {
  const { opening, articles, more, list, ...frame } = reminderView(props);
  return (
    <Frame {...frame} edition={null}>
      <Heading {...inColour("ink", { ...faces.title, ...below("lg"), fontWeight: 600 })}>{frame.subject}</Heading>
      <Text style={{ ...faces.body, ...below("xl") }}>{opening}</Text>
      <Part last>
        {articles.map((article) => (
          <Text key={article.url} {...inColour("quiet", { ...faces.small, ...below("lg") })}>
            <Link href={article.url} {...link("ink", faces.body)}>
              {article.title}
            </Link>
            <br />
            <FactLine facts={article.facts} />
          </Text>
        ))}
        {more !== null && <Text style={{ ...faces.body, ...below("lg") }}>{more}</Text>}
        <Button label={list.label} url={list.url} />
      </Part>
    </Frame>
  );
}

ReviewReminder.PreviewProps = {
  ...sampleFrame,
  reviewMonths: 12,
  articles: sampleDue,
  total: 23,
  listUrl: "https://news.example.org/admin/reviews",
  stopUrl: "https://news.example.org/docs#reviews",
} satisfies ReviewReminderProps;
