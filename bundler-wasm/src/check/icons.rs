//! Everyday words for icons that the icon packages call something else, and
//! stand-ins for logos, which they don't have.

/// Category of packages that export pictures under everyday names.
pub(super) const CATEGORY: &str = "icons";

/// In lower case, sorted; each with the names to look for, best first.
const WORDS: [(&str, &[&str]); 65] = [
    ("add", &["Plus"]),
    ("airplane", &["Plane"]),
    ("back", &["ArrowLeft"]),
    ("bargraph", &["ChartColumn", "BarChart"]),
    ("bars", &["Menu"]),
    ("caret", &["ChevronDown"]),
    ("cart", &["ShoppingCart"]),
    ("chat", &["MessageCircle"]),
    ("checkmark", &["Check"]),
    ("chrome", &["Globe"]),
    ("close", &["X"]),
    ("codepen", &["Code"]),
    ("comment", &["MessageSquare"]),
    ("danger", &["TriangleAlert"]),
    ("discord", &["MessageCircle"]),
    ("dislike", &["ThumbsDown"]),
    ("document", &["FileText"]),
    ("dollar", &["DollarSign"]),
    ("done", &["Check"]),
    ("email", &["Mail"]),
    ("error", &["CircleAlert", "AlertCircle"]),
    ("eyeslash", &["EyeOff"]),
    ("facebook", &["Users"]),
    ("figma", &["PenTool"]),
    ("fire", &["Flame"]),
    ("gear", &["Settings"]),
    ("gears", &["Settings"]),
    ("github", &["GitBranch", "Code"]),
    ("gitlab", &["GitBranch", "Code"]),
    ("graph", &["ChartLine", "LineChart"]),
    ("information", &["Info"]),
    ("instagram", &["Camera"]),
    ("lightning", &["Zap"]),
    ("like", &["ThumbsUp", "Heart"]),
    ("linkedin", &["Briefcase"]),
    ("location", &["MapPin"]),
    ("login", &["LogIn"]),
    ("logout", &["LogOut"]),
    ("magic", &["WandSparkles", "Sparkles"]),
    ("money", &["Banknote", "DollarSign"]),
    ("moneybag", &["HandCoins", "DollarSign"]),
    ("notification", &["Bell"]),
    ("paperplane", &["Send"]),
    ("photo", &["Image"]),
    ("piegraph", &["ChartPie", "PieChart"]),
    ("profile", &["User"]),
    ("refresh", &["RefreshCw"]),
    ("reload", &["RotateCw"]),
    ("remove", &["Minus"]),
    ("robot", &["Bot"]),
    ("slack", &["Hash", "MessageSquare"]),
    ("spinner", &["LoaderCircle", "Loader"]),
    ("stop", &["CircleStop", "Square"]),
    ("success", &["CircleCheck", "CheckCircle"]),
    ("tick", &["Check"]),
    ("tiktok", &["Music"]),
    ("time", &["Clock"]),
    ("times", &["X"]),
    ("tool", &["Wrench"]),
    ("trashcan", &["Trash2", "Trash"]),
    ("tree", &["TreePine"]),
    ("twitter", &["MessageCircle", "AtSign"]),
    ("warning", &["TriangleAlert", "AlertTriangle"]),
    ("whatsapp", &["MessageCircle"]),
    ("youtube", &["Play"]),
];

/// What a word is called as an icon.
pub(super) fn synonyms(name: &str) -> &'static [&'static str] {
    let lower = name.to_ascii_lowercase();
    let word = lower.strip_suffix("icon").unwrap_or(&lower);
    WORDS
        .binary_search_by(|(known, _)| (*known).cmp(word))
        .ok()
        .and_then(|at| WORDS.get(at))
        .map_or(&[], |(_, icons)| icons)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found() {
        assert!(WORDS.is_sorted_by_key(|(word, _)| word));
        assert_eq!(synonyms("CloseIcon"), ["X"]);
        assert!(synonyms("Heart").is_empty());
    }
}
