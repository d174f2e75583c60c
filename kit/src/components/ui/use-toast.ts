/** Older projects import the hook from here. */
export { toast, useToast } from "@/hooks/use-toast";
