import { CalendarIcon, ChevronsUpDownIcon, FolderIcon, InfoIcon, TriangleAlertIcon } from "lucide-react";
import { Area, AreaChart, Bar, BarChart, CartesianGrid, XAxis } from "recharts";
import { Accordion, AccordionContent, AccordionItem, AccordionTrigger } from "@/components/ui/accordion";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { AspectRatio } from "@/components/ui/aspect-ratio";
import { Avatar, AvatarFallback, AvatarGroup, AvatarImage } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import {
  Breadcrumb,
  BreadcrumbEllipsis,
  BreadcrumbItem,
  BreadcrumbLink,
  BreadcrumbList,
  BreadcrumbPage,
  BreadcrumbSeparator,
} from "@/components/ui/breadcrumb";
import { Button } from "@/components/ui/button";
import {
  Card,
  CardAction,
  CardContent,
  CardDescription,
  CardFooter,
  CardHeader,
  CardTitle,
} from "@/components/ui/card";
import {
  Carousel,
  CarouselContent,
  CarouselItem,
  CarouselNext,
  CarouselPrevious,
} from "@/components/ui/carousel";
import {
  type ChartConfig,
  ChartContainer,
  ChartLegend,
  ChartLegendContent,
  ChartTooltip,
  ChartTooltipContent,
} from "@/components/ui/chart";
import { Checkbox } from "@/components/ui/checkbox";
import { Collapsible, CollapsibleContent, CollapsibleTrigger } from "@/components/ui/collapsible";
import {
  Empty,
  EmptyContent,
  EmptyDescription,
  EmptyHeader,
  EmptyMedia,
  EmptyTitle,
} from "@/components/ui/empty";
import {
  Item,
  ItemActions,
  ItemContent,
  ItemDescription,
  ItemGroup,
  ItemMedia,
  ItemSeparator,
  ItemTitle,
} from "@/components/ui/item";
import {
  Pagination,
  PaginationContent,
  PaginationEllipsis,
  PaginationItem,
  PaginationLink,
  PaginationNext,
  PaginationPrevious,
} from "@/components/ui/pagination";
import { Progress } from "@/components/ui/progress";
import { ResizableHandle, ResizablePanel, ResizablePanelGroup } from "@/components/ui/resizable";
import { ScrollArea } from "@/components/ui/scroll-area";
import { Separator } from "@/components/ui/separator";
import { Skeleton } from "@/components/ui/skeleton";
import {
  Table,
  TableBody,
  TableCaption,
  TableCell,
  TableFooter,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { Section } from "./section.tsx";

const months = [
  { month: "January", desktop: 186, mobile: 80 },
  { month: "February", desktop: 305, mobile: 200 },
  { month: "March", desktop: 237, mobile: 120 },
  { month: "April", desktop: 173, mobile: 190 },
  { month: "May", desktop: 209, mobile: 130 },
  { month: "June", desktop: 264, mobile: 140 },
];

const visitors = {
  desktop: { label: "Desktop", color: "var(--chart-1)" },
  mobile: { label: "Mobile", theme: { light: "var(--chart-2)", dark: "var(--chart-3)" } },
} satisfies ChartConfig;

const invoices = [
  { id: "INV-001", status: "Paid", customer: "Nordwind Traders", amount: 250 },
  { id: "INV-002", status: "Open", customer: "Kestrel Labs", amount: 1150 },
  { id: "INV-003", status: "Overdue", customer: "Atelier Brandt", amount: 350 },
];

/** A picture without a network: two colours of the theme. */
const picture = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><rect width="16" height="9" fill="#8ab4d8"/><path d="M0 9 5 3l4 4 3-3 4 5z" fill="#3b6a8f"/></svg>',
)}`;

export function Display() {
  return (
    <>
      <Section title="Cards and charts">
        <div className="grid gap-4 lg:grid-cols-2">
          <Card>
            <CardHeader>
              <CardTitle>Visitors</CardTitle>
              <CardDescription>January to June 2026</CardDescription>
              <CardAction>
                <Button variant="outline" size="sm">
                  Export
                </Button>
              </CardAction>
            </CardHeader>
            <CardContent>
              <ChartContainer config={visitors} className="h-56 w-full">
                <BarChart data={months} accessibilityLayer>
                  <CartesianGrid vertical={false} />
                  <XAxis
                    dataKey="month"
                    tickLine={false}
                    axisLine={false}
                    tickMargin={8}
                    tickFormatter={(month: string) => month.slice(0, 3)}
                  />
                  <ChartTooltip content={<ChartTooltipContent />} />
                  <ChartLegend content={<ChartLegendContent />} />
                  <Bar dataKey="desktop" fill="var(--color-desktop)" radius={4} isAnimationActive={false} />
                  <Bar dataKey="mobile" fill="var(--color-mobile)" radius={4} isAnimationActive={false} />
                </BarChart>
              </ChartContainer>
            </CardContent>
            <CardFooter className="text-sm text-muted-foreground">Up 5.2 % on the months before</CardFooter>
          </Card>
          <Card>
            <CardHeader>
              <CardTitle>Trend</CardTitle>
              <CardDescription>Desktop only</CardDescription>
            </CardHeader>
            <CardContent>
              <ChartContainer config={visitors} className="h-56 w-full">
                <AreaChart data={months} accessibilityLayer margin={{ left: 12, right: 12 }}>
                  <CartesianGrid vertical={false} />
                  <XAxis dataKey="month" tickLine={false} axisLine={false} tickMargin={8} />
                  <ChartTooltip content={<ChartTooltipContent indicator="line" />} />
                  <Area
                    dataKey="desktop"
                    type="natural"
                    stroke="var(--color-desktop)"
                    fill="var(--color-desktop)"
                    fillOpacity={0.25}
                    isAnimationActive={false}
                  />
                </AreaChart>
              </ChartContainer>
            </CardContent>
            <CardFooter>
              <Progress value={64} aria-label="Of this year's goal" />
            </CardFooter>
          </Card>
        </div>
      </Section>
      <Section title="Navigation">
        <Breadcrumb>
          <BreadcrumbList>
            <BreadcrumbItem>
              <BreadcrumbLink href="#home">Home</BreadcrumbLink>
            </BreadcrumbItem>
            <BreadcrumbSeparator />
            <BreadcrumbItem>
              <BreadcrumbEllipsis />
            </BreadcrumbItem>
            <BreadcrumbSeparator />
            <BreadcrumbItem>
              <BreadcrumbPage>Invoices</BreadcrumbPage>
            </BreadcrumbItem>
          </BreadcrumbList>
        </Breadcrumb>
        <Tabs defaultValue="account">
          <TabsList>
            <TabsTrigger value="account">Account</TabsTrigger>
            <TabsTrigger value="password">Password</TabsTrigger>
            <TabsTrigger value="team" disabled>
              Team
            </TabsTrigger>
          </TabsList>
          <TabsContent value="account" className="text-sm">
            Your name and address.
          </TabsContent>
          <TabsContent value="password" className="text-sm">
            Change it here.
          </TabsContent>
        </Tabs>
        <Tabs defaultValue="overview">
          <TabsList variant="line" aria-label="Report">
            <TabsTrigger value="overview">Overview</TabsTrigger>
            <TabsTrigger value="details">Details</TabsTrigger>
          </TabsList>
          <TabsContent value="overview" className="pt-2 text-sm">
            All in one place.
          </TabsContent>
          <TabsContent value="details" className="pt-2 text-sm">
            Line by line.
          </TabsContent>
        </Tabs>
        <Pagination className="justify-start">
          <PaginationContent>
            <PaginationItem>
              <PaginationPrevious href="#1" />
            </PaginationItem>
            <PaginationItem>
              <PaginationLink href="#1">1</PaginationLink>
            </PaginationItem>
            <PaginationItem>
              <PaginationLink href="#2" isActive>
                2
              </PaginationLink>
            </PaginationItem>
            <PaginationItem>
              <PaginationEllipsis />
            </PaginationItem>
            <PaginationItem>
              <PaginationNext href="#3" />
            </PaginationItem>
          </PaginationContent>
        </Pagination>
      </Section>
      <Section title="Disclosure">
        <Accordion type="single" collapsible className="max-w-md">
          <AccordionItem value="shipping">
            <AccordionTrigger>How long is delivery?</AccordionTrigger>
            <AccordionContent>Two working days.</AccordionContent>
          </AccordionItem>
          <AccordionItem value="returns">
            <AccordionTrigger>Can I send it back?</AccordionTrigger>
            <AccordionContent>Within thirty days.</AccordionContent>
          </AccordionItem>
        </Accordion>
        <Collapsible className="flex max-w-md flex-col gap-2">
          <div className="flex items-center justify-between">
            <span className="text-sm font-medium">Three starred repositories</span>
            <CollapsibleTrigger asChild>
              <Button variant="ghost" size="icon" aria-label="Show all">
                <ChevronsUpDownIcon />
              </Button>
            </CollapsibleTrigger>
          </div>
          <CollapsibleContent className="rounded-md border px-4 py-2 text-sm">
            kestrel/board
          </CollapsibleContent>
        </Collapsible>
      </Section>
      <Section title="Messages">
        <Alert>
          <InfoIcon />
          <AlertTitle>Your trial ends on Friday</AlertTitle>
          <AlertDescription>Choose a plan to keep your boards.</AlertDescription>
        </Alert>
        <Alert variant="destructive">
          <TriangleAlertIcon />
          <AlertTitle>The payment failed</AlertTitle>
          <AlertDescription>Your bank declined the card ending in 4242.</AlertDescription>
        </Alert>
        <Empty className="border">
          <EmptyHeader>
            <EmptyMedia variant="icon">
              <FolderIcon />
            </EmptyMedia>
            <EmptyTitle>No projects yet</EmptyTitle>
            <EmptyDescription>Start with a template, or with an empty board.</EmptyDescription>
          </EmptyHeader>
          <EmptyContent>
            <Button>Create a project</Button>
          </EmptyContent>
        </Empty>
      </Section>
      <Section title="Lists">
        <Table>
          <TableCaption>Invoices of this quarter</TableCaption>
          <TableHeader>
            <TableRow>
              <TableHead>
                <Checkbox aria-label="Select all" />
              </TableHead>
              <TableHead>Invoice</TableHead>
              <TableHead>Status</TableHead>
              <TableHead>Customer</TableHead>
              <TableHead className="text-right">Amount</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {invoices.map((invoice) => (
              <TableRow key={invoice.id}>
                <TableCell>
                  <Checkbox aria-label={`Select ${invoice.id}`} />
                </TableCell>
                <TableCell className="font-medium">{invoice.id}</TableCell>
                <TableCell>
                  <Badge variant={invoice.status === "Overdue" ? "destructive" : "secondary"}>
                    {invoice.status}
                  </Badge>
                </TableCell>
                <TableCell>{invoice.customer}</TableCell>
                <TableCell className="text-right tabular-nums">${invoice.amount.toFixed(2)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
          <TableFooter>
            <TableRow>
              <TableCell colSpan={4}>Total</TableCell>
              <TableCell className="text-right tabular-nums">$1750.00</TableCell>
            </TableRow>
          </TableFooter>
        </Table>
        <ItemGroup className="max-w-md rounded-md border">
          <Item>
            <ItemMedia variant="icon">
              <CalendarIcon />
            </ItemMedia>
            <ItemContent>
              <ItemTitle>Planning</ItemTitle>
              <ItemDescription>Monday at nine, in the small room.</ItemDescription>
            </ItemContent>
            <ItemActions>
              <Button size="sm" variant="outline">
                Join
              </Button>
            </ItemActions>
          </Item>
          <ItemSeparator />
          <Item>
            <AvatarGroup>
              <Avatar>
                <AvatarImage src={picture} alt="Ada" />
                <AvatarFallback>AL</AvatarFallback>
              </Avatar>
              <Avatar>
                <AvatarFallback>GH</AvatarFallback>
              </Avatar>
            </AvatarGroup>
            <ItemContent>
              <ItemTitle>Ada and Grace</ItemTitle>
            </ItemContent>
          </Item>
        </ItemGroup>
      </Section>
      <Section title="Layout">
        <ResizablePanelGroup direction="horizontal" className="h-40 max-w-xl rounded-lg border">
          <ResizablePanel defaultSize={30} minSize={20} className="p-4 text-sm">
            Folders
          </ResizablePanel>
          <ResizableHandle withHandle aria-label="Width of the folders" />
          <ResizablePanel defaultSize={70} className="p-4 text-sm">
            Messages
          </ResizablePanel>
        </ResizablePanelGroup>
        <div className="flex flex-wrap gap-6">
          <ScrollArea className="h-40 w-48 rounded-md border" aria-label="Tags">
            <ul className="p-4 text-sm">
              {Array.from({ length: 20 }, (_, index) => `v1.${20 - index}`).map((tag) => (
                <li key={tag} className="border-b py-2">
                  {tag}
                </li>
              ))}
            </ul>
          </ScrollArea>
          <div className="w-64">
            <AspectRatio ratio={16 / 9} className="overflow-hidden rounded-md">
              <img src={picture} alt="Mountains" className="size-full object-cover" />
            </AspectRatio>
          </div>
          <div className="flex w-64 flex-col gap-3">
            <div className="flex items-center gap-3">
              <Skeleton className="size-10 rounded-full" />
              <div className="flex flex-1 flex-col gap-2">
                <Skeleton className="h-4 w-3/4" />
                <Skeleton className="h-4 w-1/2" />
              </div>
            </div>
            <Separator />
            <div className="flex h-5 items-center gap-3 text-sm">
              Blog <Separator orientation="vertical" /> Docs <Separator orientation="vertical" /> Source
            </div>
          </div>
        </div>
        <Carousel className="mx-12 max-w-xs" aria-label="Pictures">
          <CarouselContent>
            {[1, 2, 3].map((slide) => (
              <CarouselItem key={slide} aria-label={`${slide} of 3`}>
                <div className="flex h-32 items-center justify-center rounded-lg border text-2xl font-semibold">
                  {slide}
                </div>
              </CarouselItem>
            ))}
          </CarouselContent>
          <CarouselPrevious />
          <CarouselNext />
        </Carousel>
      </Section>
    </>
  );
}
