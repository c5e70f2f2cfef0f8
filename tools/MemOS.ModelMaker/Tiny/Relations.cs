using System.Globalization;

namespace MemOS.ModelMaker.Tiny;

/// <summary>What the tiny model can be told and asked.</summary>
internal static class Relations
{
    public static readonly Relation[] All =
    [
        new("home", ["{N} lives in {V}.", "{N} has a home in {V}."], ["Where does {N} live?", "In which city does {N} live?"], Vocabularies.Cities),
        new("job", ["{N} works as a {V}.", "{N} has a job as a {V}."], ["What does {N} work as?", "Which job does {N} have?"], Vocabularies.Jobs),
        new("favourite food", ["{N} likes to eat {V}.", "{N} often eats {V}."], ["What does {N} like to eat?", "Which food does {N} like?"], Vocabularies.Foods),
        new("pet", ["{N} has a pet {V}.", "{N} keeps a {V}."], ["What pet does {N} have?", "Which animal does {N} keep?"], Vocabularies.Pets),
        new("instrument", ["{N} plays the {V}.", "{N} can play the {V}."], ["What instrument does {N} play?", "Which instrument does {N} play?"], Vocabularies.Instruments),
        new("favourite colour", ["{N} loves the colour {V}.", "{N} paints everything {V}."], ["What colour does {N} love?", "Which colour does {N} love?"], Vocabularies.Colours),
        new("language", ["{N} speaks {V}.", "{N} grew up with {V}."], ["What language does {N} speak?", "Which language does {N} speak?"], Vocabularies.Languages),
        new("birth month", ["{N} was born in {V}.", "{N} has a birthday in {V}."], ["When was {N} born?", "In which month was {N} born?"], Vocabularies.Months),
        new("age", ["{N} is {V} years old.", "{N} turned {V} years old."], ["How old is {N}?", "How many years old is {N}?"], [.. Enumerable.Range(11, 89).Select(age => age.ToString(CultureInfo.InvariantCulture))]),
        new("vehicle", ["{N} drives a {V}.", "{N} goes to work by {V}."], ["What does {N} drive?", "Which vehicle does {N} drive?"], Vocabularies.Vehicles),
        new("country", ["{N} comes from {V}.", "{N} is at home in {V}."], ["Where does {N} come from?", "From which country does {N} come?"], Vocabularies.Countries),
        new("favourite drink", ["{N} drinks {V} every day.", "{N} cannot do without {V}."], ["What does {N} drink?", "Which drink does {N} like?"], Vocabularies.Drinks),
        new("subject", ["{N} studies {V}.", "{N} has a degree in {V}."], ["What does {N} study?", "Which subject does {N} study?"], Vocabularies.Subjects),
        new("sport", ["{N} does {V} after work.", "{N} has a passion for {V}."], ["What does {N} do after work?", "Which sport does {N} do?"], Vocabularies.Sports),
        new("free day", ["{N} is free on {V}.", "{N} never works on {V}."], ["When is {N} free?", "On which day is {N} free?"], Vocabularies.Days),
    ];
}
