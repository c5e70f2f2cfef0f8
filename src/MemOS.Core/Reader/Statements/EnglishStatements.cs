namespace MemOS.Reader.Statements;

/// <summary>The English rules: few and precise. A statement that no rule is sure of stays in its turn's cube, where recall finds it.</summary>
internal static class EnglishStatements
{
    private const string Am = "i'm|im|i_am";
    private const string Have = "i've|ive|i_have";

    public static StatementLanguage Language { get; } = new(EnglishWords.Classes, [.. Facts(), .. Families(), .. Preferences(), .. Instructions(), .. Events()]);

    private static IEnumerable<(string Pattern, StatementRule Rule)> Facts()
    {
        StatementRule residence = Single(SlotKind.Place, "residence");
        yield return ("i|we live|reside in", residence);
        yield return ($"{Am}|we're|we_are living|based in", residence);
        yield return ($"{Have} been living in", residence with { Begins = true });
        yield return ($"{Have}|we've|we_have moved|relocated to|back_to", residence with { Begins = true });
        yield return ("i|we moved|relocated to|back_to", residence with { Begins = true });
        yield return ($"{Have} lived in", residence with { NeedsSince = true, Begins = true });
        yield return ($"{Am} from", Single(SlotKind.Place, "origin"));
        yield return ("i come from", Single(SlotKind.Place, "origin"));
        yield return ("i grew up in", Single(SlotKind.Place, "hometown"));
        yield return ("i was born|born_and_raised in", Single(SlotKind.Place, "birthplace"));
        yield return ("i was born on|in|", Single(SlotKind.Date, "birthday"));
        yield return ("my birthday|birthdate|date_of_birth is on|", Single(SlotKind.Date, "birthday"));
        yield return ("i_work|i'm_working|im_working|i_am_working at|for", Single(SlotKind.Name, "employer"));
        yield return ($"{Have} worked at|for", Single(SlotKind.Name, "employer") with { NeedsSince = true, Begins = true });
        yield return ("i started work|working|a_job|a_new_job|my_new_job| at|for", Single(SlotKind.Name, "employer") with { Begins = true });
        yield return ("i got a|my|the new|dream| job at|with", Single(SlotKind.Name, "employer") with { Begins = true });
        yield return ("i_work|i'm_working|im_working|i_am_working as a|an", Single(SlotKind.Occupation, "occupation"));
        yield return ($"{Am} a|an", Single(SlotKind.KnownOccupation, "occupation"));
        yield return ("i became a|an", Single(SlotKind.KnownOccupation, "occupation") with { Begins = true });
        yield return ($"{Am}", Single(SlotKind.Age, "age"));
        yield return ("my age is", Single(SlotKind.Age, "age"));
        yield return ("i turned", Single(SlotKind.Age, "age") with { Begins = true });
        yield return ("my name is", Single(SlotKind.PersonName, "name"));
        yield return ("my name's", Single(SlotKind.PersonName, "name"));
        yield return ("my full name is", Single(SlotKind.PersonName, "full-name"));
        yield return ("my last name is|name_is_now", Single(SlotKind.PersonName, "last-name"));
        yield return ("my email|e-mail|mail address| is", Single(SlotKind.Email, "email"));
        yield return ("my phone|cell|mobile|telephone| number|phone| is", Single(SlotKind.Phone, "phone"));
        foreach (string status in (string[])["married", "engaged", "divorced", "widowed", "separated", "single"])
        {
            yield return ($"{Am} {status}", Single(SlotKind.FixedTo, "marital-status") with { Value = status });
            yield return ($"i|we got {status}", Single(SlotKind.FixedTo, "marital-status") with { Value = status, Begins = true });
        }

        foreach (string diet in (string[])["vegetarian", "vegan", "pescatarian"])
        {
            yield return ($"{Am} a|an| strict|lifelong| {diet}", Single(SlotKind.Fixed, "diet") with { Value = diet });
            yield return ($"i became|turned|went a|an| {diet}", Single(SlotKind.Fixed, "diet") with { Value = diet, Begins = true });
            yield return ($"{Have} been a|an| {diet}", Single(SlotKind.Fixed, "diet") with { Value = diet, Begins = true, NeedsSince = true });
        }
    }

    private static IEnumerable<(string Pattern, StatementRule Rule)> Families()
    {
        StatementRule fact = new(RuleKind.Fact, SlotKind.Words);
        yield return ($"{Am} allergic to", fact with { Slot = SlotKind.Liked, Tag = "allergy" });
        yield return ($"{Am} lactose|gluten intolerant", fact with { Slot = SlotKind.Fixed, Value = "intolerant", Tag = "allergy" });
        yield return ($"{Am} diabetic", fact with { Slot = SlotKind.Fixed, Value = "diabetic" });
        yield return ($"i|we have|own a|an|one|two|three|four|five|six", fact with { Slot = SlotKind.Several });
        yield return ("i've|we've got a|an|one|two|three|four|five|six", fact with { Slot = SlotKind.Several });
        yield return ("i own a|an|two|three", fact);
        yield return ("i speak", fact with { Slot = SlotKind.Name });
        yield return ($"{Am} fluent in", fact with { Slot = SlotKind.Name });
        yield return ("i play the|", fact with { Slot = SlotKind.Played });
        yield return ("my", new StatementRule(RuleKind.Possessive, SlotKind.Anything));
        yield return ("the|our|my", new StatementRule(RuleKind.Schedule, SlotKind.Anything));
    }

    private static IEnumerable<(string Pattern, StatementRule Rule)> Preferences()
    {
        StatementRule like = new(RuleKind.Like, SlotKind.Liked) { Tag = "like" };
        StatementRule dislike = new(RuleKind.Dislike, SlotKind.Liked) { Tag = "dislike" };
        yield return ("i love|like|enjoy|adore", like);
        yield return ("i do love|like|enjoy", like);
        yield return ("i do| prefer", like with { Slot = SlotKind.Preferred });
        yield return ($"{Am} into|fond_of|passionate_about|keen_on", like);
        yield return ($"{Am} a big|huge|great|| fan|lover of", like);
        yield return ("i hate|dislike|detest|loathe|despise", dislike);
        yield return ("i can't|cannot|cant|can_not stand|bear", dislike);
        yield return ("i don't|do_not|dont like|enjoy|love|care_for", dislike with { IsNegated = true });
        yield return ($"{Am} not a big|huge|| fan of", dislike with { IsNegated = true });
        yield return ($"{Am} not into|fond_of|keen_on", dislike with { IsNegated = true });
    }

    private static IEnumerable<(string Pattern, StatementRule Rule)> Instructions()
    {
        StatementRule rule = new(RuleKind.Instruction, SlotKind.Instructed) { Tag = "instruction" };
        yield return ("from now on", rule with { Slot = SlotKind.Words });
        yield return ("please always|never", rule);
        yield return ("always|never", rule);
        yield return ("please use|speak|avoid", rule with { Slot = SlotKind.Words });
        yield return ("please answer|reply|respond|write in|with|using", rule with { Slot = SlotKind.Words });
        yield return ("answer|reply|respond in|with|using", rule with { Slot = SlotKind.Words });
        yield return ("please keep your", rule with { Slot = SlotKind.Words });
        yield return ("call|please_call|you_can_call|please_address|address me as|", rule with { Slot = SlotKind.PersonName, Attribute = "form-of-address" });
    }

    private static IEnumerable<(string Pattern, StatementRule Rule)> Events()
    {
        StatementRule past = new(RuleKind.PastEvent, SlotKind.PastVerb);
        StatementRule future = new(RuleKind.FutureEvent, SlotKind.Anything);
        yield return ("i|we", past);
        yield return ("i|we was|were at|in|on", past with { Slot = SlotKind.Anything });
        yield return ("i|we|i'm|we're", future with { Slot = SlotKind.PlanVerb });
        yield return ($"{Am}|we're|we_are", future with { Slot = SlotKind.IngVerb });
        yield return ($"{Am}|we're|we_are going to", future);
        yield return ("i'll|i_will|we'll|we_will", future);
        yield return ($"{Am}|we're|we_are off to", future);
        yield return ("i|we|i've|we've have|got a|an|my|our", future);
    }

    private static StatementRule Single(SlotKind slot, string attribute) => new(RuleKind.SingleFact, slot, attribute);
}
