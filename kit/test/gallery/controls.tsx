import { zodResolver } from "@hookform/resolvers/zod";
import { BoldIcon, ItalicIcon, MailIcon, PlusIcon, SearchIcon, SendIcon, UnderlineIcon } from "lucide-react";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ButtonGroup } from "@/components/ui/button-group";
import { Calendar } from "@/components/ui/calendar";
import { Checkbox } from "@/components/ui/checkbox";
import {
  Field,
  FieldContent,
  FieldDescription,
  FieldError,
  FieldGroup,
  FieldLabel,
  FieldLegend,
  FieldSeparator,
  FieldSet,
} from "@/components/ui/field";
import {
  Form,
  FormControl,
  FormDescription,
  FormField,
  FormItem,
  FormLabel,
  FormMessage,
} from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import {
  InputGroup,
  InputGroupAddon,
  InputGroupButton,
  InputGroupInput,
  InputGroupText,
  InputGroupTextarea,
} from "@/components/ui/input-group";
import { InputOTP, InputOTPGroup, InputOTPSeparator, InputOTPSlot } from "@/components/ui/input-otp";
import { Kbd, KbdGroup } from "@/components/ui/kbd";
import { Label } from "@/components/ui/label";
import { NativeSelect, NativeSelectOption } from "@/components/ui/native-select";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import {
  Select,
  SelectContent,
  SelectGroup,
  SelectItem,
  SelectLabel,
  SelectTrigger,
  SelectValue,
} from "@/components/ui/select";
import { Slider } from "@/components/ui/slider";
import { Spinner } from "@/components/ui/spinner";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { Toggle } from "@/components/ui/toggle";
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";
import { Section } from "./section.tsx";

export function Controls() {
  return (
    <>
      <Section title="Buttons">
        <div className="flex flex-wrap items-center gap-2">
          <Button>Save changes</Button>
          <Button variant="secondary">Duplicate</Button>
          <Button variant="outline">Cancel</Button>
          <Button variant="ghost">Skip</Button>
          <Button variant="destructive">Delete</Button>
          <Button variant="link">Read more</Button>
          <Button disabled>
            <Spinner aria-hidden="true" /> Saving
          </Button>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Button size="sm">
            <PlusIcon /> New task
          </Button>
          <Button size="lg" variant="outline">
            <SendIcon /> Send invitation
          </Button>
          <Button size="icon" variant="outline" aria-label="Add">
            <PlusIcon />
          </Button>
          <Button asChild variant="outline">
            <a href="#docs">A link that looks like one</a>
          </Button>
          <ButtonGroup aria-label="Range">
            <Button variant="outline">Day</Button>
            <Button variant="outline">Week</Button>
            <Button variant="outline">Month</Button>
          </ButtonGroup>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Badge>Active</Badge>
          <Badge variant="secondary">Draft</Badge>
          <Badge variant="outline">Archived</Badge>
          <Badge variant="destructive">Overdue</Badge>
          <KbdGroup>
            <Kbd>Ctrl</Kbd>
            <Kbd>K</Kbd>
          </KbdGroup>
          <Spinner />
        </div>
      </Section>
      <Section title="Choices">
        <Choices />
      </Section>
      <Section title="Fields">
        <Fields />
      </Section>
      <Section title="Form">
        <Account />
      </Section>
      <Section title="Calendar">
        <Dates />
      </Section>
    </>
  );
}

function Choices() {
  const [volume, setVolume] = useState([40]);
  const [terms, setTerms] = useState<boolean | "indeterminate">("indeterminate");
  return (
    <div className="grid gap-6 sm:grid-cols-2">
      <div className="flex flex-col gap-4">
        <div className="flex items-center gap-2">
          <Checkbox id="terms" checked={terms} onCheckedChange={setTerms} />
          <Label htmlFor="terms">Accept the terms</Label>
        </div>
        <div className="flex items-center gap-2">
          <Checkbox id="news" defaultChecked />
          <Label htmlFor="news">Send me the newsletter</Label>
        </div>
        <div className="flex items-center gap-2">
          <Switch id="flight" />
          <Label htmlFor="flight">Airplane mode</Label>
        </div>
        <div className="flex items-center gap-2">
          <Switch id="sync" defaultChecked size="sm" />
          <Label htmlFor="sync">Sync in the background</Label>
        </div>
        <RadioGroup defaultValue="comfortable" aria-label="Density">
          <div className="flex items-center gap-2">
            <RadioGroupItem value="compact" id="compact" />
            <Label htmlFor="compact">Compact</Label>
          </div>
          <div className="flex items-center gap-2">
            <RadioGroupItem value="comfortable" id="comfortable" />
            <Label htmlFor="comfortable">Comfortable</Label>
          </div>
        </RadioGroup>
      </div>
      <div className="flex flex-col gap-5">
        <div className="flex flex-col gap-3">
          <div className="flex justify-between text-sm">
            <span id="volume-label">Volume</span>
            <output className="tabular-nums">{volume[0]}</output>
          </div>
          <Slider value={volume} onValueChange={setVolume} aria-labelledby="volume-label" />
        </div>
        <Slider defaultValue={[20, 70]} aria-label="Price" />
        <div className="flex flex-wrap items-center gap-2">
          <Toggle aria-label="Bold" variant="outline">
            <BoldIcon />
          </Toggle>
          <ToggleGroup type="multiple" variant="outline" defaultValue={["italic"]} aria-label="Text style">
            <ToggleGroupItem value="bold" aria-label="Strong">
              <BoldIcon />
            </ToggleGroupItem>
            <ToggleGroupItem value="italic" aria-label="Italic">
              <ItalicIcon />
            </ToggleGroupItem>
            <ToggleGroupItem value="underline" aria-label="Underline">
              <UnderlineIcon />
            </ToggleGroupItem>
          </ToggleGroup>
        </div>
        <div className="flex flex-wrap gap-2">
          <Select>
            <SelectTrigger className="w-44" aria-label="Fruit">
              <SelectValue placeholder="Choose a fruit" />
            </SelectTrigger>
            <SelectContent>
              <SelectGroup>
                <SelectLabel>Fruits</SelectLabel>
                <SelectItem value="apple">Apple</SelectItem>
                <SelectItem value="banana">Banana</SelectItem>
                <SelectItem value="blueberry">Blueberry</SelectItem>
                <SelectItem value="durian" disabled>
                  Durian
                </SelectItem>
              </SelectGroup>
            </SelectContent>
          </Select>
          <NativeSelect aria-label="Country" defaultValue="fi">
            <NativeSelectOption value="fi">Finland</NativeSelectOption>
            <NativeSelectOption value="pt">Portugal</NativeSelectOption>
          </NativeSelect>
        </div>
      </div>
    </div>
  );
}

function Fields() {
  return (
    <div className="grid gap-8 sm:grid-cols-2">
      <FieldGroup>
        <Field>
          <FieldLabel htmlFor="name">Name</FieldLabel>
          <Input id="name" placeholder="Ada Lovelace" />
          <FieldDescription>As it stands on your invoices.</FieldDescription>
        </Field>
        <Field data-invalid="true">
          <FieldLabel htmlFor="mail">E-mail</FieldLabel>
          <Input
            id="mail"
            type="email"
            defaultValue="ada@"
            aria-invalid="true"
            aria-describedby="mail-error"
          />
          <FieldError id="mail-error" errors={[{ message: "This address is incomplete." }]} />
        </Field>
        <FieldSeparator>or</FieldSeparator>
        <Field orientation="horizontal">
          <FieldContent>
            <FieldLabel htmlFor="two-factor">Two-factor sign-in</FieldLabel>
            <FieldDescription>Asks for a code on new devices.</FieldDescription>
          </FieldContent>
          <Switch id="two-factor" />
        </Field>
      </FieldGroup>
      <FieldSet>
        <FieldLegend variant="label">Message</FieldLegend>
        <InputGroup>
          <InputGroupInput placeholder="Search projects" aria-label="Search projects" />
          <InputGroupAddon>
            <SearchIcon />
          </InputGroupAddon>
          <InputGroupAddon align="inline-end">
            <Kbd>/</Kbd>
          </InputGroupAddon>
        </InputGroup>
        <InputGroup>
          <InputGroupInput placeholder="you" aria-label="Address" />
          <InputGroupAddon>
            <MailIcon />
          </InputGroupAddon>
          <InputGroupAddon align="inline-end">
            <InputGroupText>@example.com</InputGroupText>
          </InputGroupAddon>
        </InputGroup>
        <InputGroup>
          <InputGroupTextarea placeholder="Write a reply" aria-label="Reply" />
          <InputGroupAddon align="block-end">
            <InputGroupText>120 characters left</InputGroupText>
            <InputGroupButton variant="default" className="ml-auto">
              Send
            </InputGroupButton>
          </InputGroupAddon>
        </InputGroup>
        <Textarea placeholder="Notes" aria-label="Notes" />
        <InputOTP maxLength={6} aria-label="Code">
          <InputOTPGroup>
            <InputOTPSlot index={0} />
            <InputOTPSlot index={1} />
            <InputOTPSlot index={2} />
          </InputOTPGroup>
          <InputOTPSeparator />
          <InputOTPGroup>
            <InputOTPSlot index={3} />
            <InputOTPSlot index={4} />
            <InputOTPSlot index={5} />
          </InputOTPGroup>
        </InputOTP>
      </FieldSet>
    </div>
  );
}

const account = z.object({
  username: z.string().min(3, "At least three characters."),
  plan: z.string().min(1, "Choose a plan."),
});

function Account() {
  const form = useForm<z.infer<typeof account>>({
    resolver: zodResolver(account),
    defaultValues: { username: "", plan: "" },
  });
  const [saved, setSaved] = useState("");
  return (
    <Form {...form}>
      <form
        noValidate
        className="flex max-w-sm flex-col gap-6"
        onSubmit={form.handleSubmit((values) => setSaved(`Saved ${values.username}, ${values.plan}`))}
      >
        <FormField
          control={form.control}
          name="username"
          render={({ field }) => (
            <FormItem>
              <FormLabel>Username</FormLabel>
              <FormControl>
                <Input placeholder="ada" {...field} />
              </FormControl>
              <FormDescription>Others see this name.</FormDescription>
              <FormMessage />
            </FormItem>
          )}
        />
        <FormField
          control={form.control}
          name="plan"
          render={({ field }) => (
            <FormItem>
              <FormLabel>Plan</FormLabel>
              <Select value={field.value} onValueChange={field.onChange}>
                <FormControl>
                  <SelectTrigger className="w-full">
                    <SelectValue placeholder="Choose a plan" />
                  </SelectTrigger>
                </FormControl>
                <SelectContent>
                  <SelectItem value="free">Free</SelectItem>
                  <SelectItem value="team">Team</SelectItem>
                </SelectContent>
              </Select>
              <FormMessage />
            </FormItem>
          )}
        />
        <Button type="submit" className="self-start">
          Create account
        </Button>
        <output>{saved}</output>
      </form>
    </Form>
  );
}

function Dates() {
  const [date, setDate] = useState<Date | undefined>(new Date(2026, 5, 10));
  return (
    <div className="flex flex-wrap items-start gap-4">
      <Calendar
        mode="single"
        defaultMonth={new Date(2026, 5)}
        today={new Date(2026, 5, 4)}
        selected={date}
        onSelect={setDate}
        className="rounded-md border"
      />
      <Calendar
        mode="range"
        captionLayout="dropdown"
        labels={{ labelNav: () => "Months of the stay" }}
        today={new Date(2026, 5, 4)}
        defaultMonth={new Date(2026, 5)}
        startMonth={new Date(2020, 0)}
        endMonth={new Date(2030, 11)}
        selected={{ from: new Date(2026, 5, 9), to: new Date(2026, 5, 18) }}
        className="rounded-md border"
      />
      <output aria-label="Picked day" className="text-sm text-muted-foreground">
        {date ? date.toDateString() : "none"}
      </output>
    </div>
  );
}
