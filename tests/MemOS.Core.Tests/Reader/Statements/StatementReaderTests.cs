using MemOS.Cubes;
using MemOS.Reader;
using MemOS.Reader.Statements;
using Xunit;

namespace MemOS.Core.Tests.Reader.Statements;

public class StatementReaderTests
{
    // A Wednesday.
    private static readonly DateTimeOffset Said = new(2023, 6, 14, 15, 30, 0, TimeSpan.FromHours(2));

    [Theory]
    [InlineData("I live in Berlin.", "residence", "berlin")]
    [InlineData("I currently live in New York and work from home.", "residence", "new york")]
    [InlineData("Yes, I live in Portland, Oregon.", "residence", "portland oregon")]
    [InlineData("i live in Paris", "residence", "paris")]
    [InlineData("We live in the Netherlands now.", "residence", "netherlands")]
    [InlineData("I'm based in São Paulo.", "residence", "são paulo")]
    [InlineData("I’m living in Rio de Janeiro.", "residence", "rio de janeiro")]
    [InlineData("I just moved to Lisbon!", "residence", "lisbon")]
    [InlineData("Well, I've moved back to Munich", "residence", "munich")]
    [InlineData("I've lived in Oslo since 2019.", "residence", "oslo")]
    [InlineData("I'm from Spain.", "origin", "spain")]
    [InlineData("I'm originally from New Zealand, by the way.", "origin", "new zealand")]
    [InlineData("I grew up in St. Louis.", "hometown", "st louis")]
    [InlineData("I was born in Kyoto.", "birthplace", "kyoto")]
    [InlineData("My birthday is May 4th.", "birthday", "05-04")]
    [InlineData("I was born on 3 March 1990.", "birthday", "03-03")]
    [InlineData("I work at Google.", "employer", "google")]
    [InlineData("I now work for the World Bank.", "employer", "world bank")]
    [InlineData("I'm working for Siemens.", "employer", "siemens")]
    [InlineData("My favorite color is teal.", "favourite-colour", "teal")]
    [InlineData("My favourite band is now Sigur Ros.", "favourite-band", "sigur ros")]
    [InlineData("I started working at Siemens last month.", "employer", "siemens")]
    [InlineData("I got a new job at Acme Corp!", "employer", "acme corp")]
    [InlineData("I work as a pastry chef.", "occupation", "pastry chef")]
    [InlineData("I'm a software engineer at Google.", "occupation", "software engineer")]
    [InlineData("I am a nurse.", "occupation", "nurse")]
    [InlineData("My name is Anna.", "name", "anna")]
    [InlineData("Hi, my name's Bob Miller", "name", "bob miller")]
    [InlineData("I'm 34 years old.", "age", "34")]
    [InlineData("I'm 41.", "age", "41")]
    [InlineData("I turned 30 yesterday.", "age", "30")]
    [InlineData("I'm married.", "marital-status", "married")]
    [InlineData("I'm engaged to Tom!", "marital-status", "engaged")]
    [InlineData("We got divorced last year.", "marital-status", "divorced")]
    [InlineData("My email is anna.lee@example.org.", "email", "anna.lee@example.org")]
    [InlineData("My phone number is +49 170 1234567.", "phone", "+491701234567")]
    [InlineData("I'm vegetarian.", "diet", "vegetarian")]
    [InlineData("I'm a vegan now", "diet", "vegan")]
    [InlineData("I became vegan in 2020.", "diet", "vegan")]
    [InlineData("My favourite color is dark green.", "favourite-colour", "dark green")]
    [InlineData("My favorite band is Radiohead.", "favourite-band", "radiohead")]
    [InlineData("My boss's name is Karin.", "boss-name", "karin")]
    [InlineData("My husband is called Peter.", "husband-name", "peter")]
    [InlineData("My budget is 500 euros.", "budget", "500 euros")]
    [InlineData("The deadline is next Friday.", "deadline", "2023-06-16T00:00")]
    [InlineData("The project deadline moved to June 30.", "project-deadline", "2023-06-30T00:00")]
    [InlineData("Our meeting is now at 3pm tomorrow.", "meeting", "2023-06-15T15:00")]
    public void A_single_valued_fact_is_read_with_its_key_and_value(string text, string attribute, string value)
    {
        Statement statement = Assert.Single(Read(text));
        Assert.Equal(SemanticType.Fact, statement.Type);
        Assert.Equal(("user/" + attribute, value), (statement.FactKey, statement.Value));
        Assert.Equal(text.Substring(statement.Start, statement.Length), statement.Text);
        Assert.Null(statement.Valid.To);
        Assert.False(statement.IsNegated);
    }

    [Theory]
    [InlineData("I have two cats.")]
    [InlineData("I have a dog named Rex.")]
    [InlineData("We have three kids.")]
    [InlineData("I'm allergic to peanuts.")]
    [InlineData("I'm lactose intolerant.")]
    [InlineData("I own a small bakery.")]
    [InlineData("I speak Spanish and German.")]
    [InlineData("I play the violin.")]
    [InlineData("My daughter's name is Ida.")]
    [InlineData("My dog is called Max.")]
    public void A_fact_of_several_values_is_read_without_a_key(string text)
    {
        Statement statement = Assert.Single(Read(text));
        Assert.Equal((SemanticType.Fact, null), (statement.Type, statement.FactKey));
    }

    [Theory]
    [InlineData("I love hiking in the mountains.", "like")]
    [InlineData("I really like jazz.", "like")]
    [InlineData("I prefer tea over coffee.", "like")]
    [InlineData("I prefer the train with a dining car.", "like")]
    [InlineData("I really prefer the window seat.", "like")]
    [InlineData("I do prefer the night train to flying.", "like")]
    [InlineData("I'm into bouldering.", "like")]
    [InlineData("I'm a huge fan of Formula 1.", "like")]
    [InlineData("I like to swim before breakfast.", "like")]
    [InlineData("I hate Mondays.", "dislike")]
    [InlineData("I can't stand cilantro.", "dislike")]
    [InlineData("I don't like horror movies.", "dislike")]
    [InlineData("I'm not a fan of sushi.", "dislike")]
    [InlineData("I don't like coffee anymore.", "dislike")]
    [InlineData("From now on, answer in French.", "instruction")]
    [InlineData("Please use metric units.", "instruction")]
    [InlineData("Please always reply in bullet points.", "instruction")]
    [InlineData("Never call me before noon, please.", "instruction")]
    [InlineData("Call me Bob.", "instruction")]
    [InlineData("Please answer in German.", "instruction")]
    public void A_preference_is_read_with_its_tag(string text, string tag)
    {
        Statement statement = Assert.Single(Read(text));
        Assert.Equal(SemanticType.Preference, statement.Type);
        Assert.Equal(tag, Assert.Single(statement.Tags));
    }

    [Theory]
    [InlineData("I prefer the second one.")]
    [InlineData("I prefer the other version.")]
    [InlineData("I prefer the train that you found.")]
    [InlineData("I prefer the Rome trip.")]
    [InlineData("I prefer the appointment tomorrow.")]
    [InlineData("I prefer the way it was.")]
    [InlineData("I prefer the.")]
    [InlineData("I'd prefer the window seat.")]
    [InlineData("I don't prefer the window seat.")]
    public void A_choice_among_what_was_just_shown_is_no_liking(string text) =>
        Assert.DoesNotContain(Read(text), statement => statement.Tags.Contains("like") || statement.Tags.Contains("dislike"));

    [Theory]
    [InlineData("I went to the dentist yesterday.", "2023-06-13", "2023-06-14")]
    [InlineData("Last week I visited my aunt.", "2023-06-05", "2023-06-12")]
    [InlineData("Last week, we adopted a puppy.", "2023-06-05", "2023-06-12")]
    [InlineData("I was in Rome last month.", "2023-05-01", "2023-06-01")]
    [InlineData("I ran a marathon in May.", "2023-05-01", "2023-06-01")]
    [InlineData("I'm flying to Rome next Friday.", "2023-06-16", "2023-06-17")]
    [InlineData("I'm going to see the doctor tomorrow.", "2023-06-15", "2023-06-16")]
    [InlineData("We'll meet Anna on Saturday.", "2023-06-17", "2023-06-18")]
    [InlineData("I have an interview tomorrow", "2023-06-15", "2023-06-16")]
    [InlineData("I leave for Oslo next Monday.", "2023-06-19", "2023-06-20")]
    public void An_event_is_read_with_its_time(string text, string from, string to)
    {
        Statement statement = Assert.Single(Read(text));
        Assert.Equal(SemanticType.Event, statement.Type);
        Assert.Equal(new TimeInterval(Day(from), Day(to)), statement.Valid);
    }

    [Theory]
    [InlineData("I live in fear.")]
    [InlineData("I live in Fear of spiders.")]
    [InlineData("I live in a small town.")]
    [InlineData("I LIVE IN FEAR")]
    [InlineData("I live for music.")]
    [InlineData("Do I live in Berlin?")]
    [InlineData("I live in Berlin, right?")]
    [InlineData("If I live in Berlin, what taxes do I pay.")]
    [InlineData("I wish I lived in Berlin.")]
    [InlineData("I would live in Berlin.")]
    [InlineData("Maybe I live in Berlin next year.")]
    [InlineData("He said: \"I live in Berlin.\"")]
    [InlineData("She said I live in Berlin.")]
    [InlineData("“I live in Berlin. I work at Google.” was on the card.")]
    [InlineData("> I live in Berlin")]
    [InlineData("```\nI live in Berlin\n```")]
    [InlineData("Use `I live in Berlin` there")]
    [InlineData("Translate to German: I live in Berlin.")]
    [InlineData("I don't live in Berlin.")]
    [InlineData("I never lived in Berlin.")]
    [InlineData("I used to live in Berlin.")]
    [InlineData("My sister thinks I live in Berlin.")]
    [InlineData("When I live in Berlin the days are long.")]
    [InlineData("I moved to the kitchen.")]
    [InlineData("I moved to Paris for a week.")]
    [InlineData("I've lived in Paris.")]
    [InlineData("I work at night.")]
    [InlineData("I work for myself.")]
    [InlineData("I work for Anna's brother.")]
    [InlineData("I'm a mess.")]
    [InlineData("I'm a bad cook.")]
    [InlineData("I'm a teacher at heart.")]
    [InlineData("I'm 30 minutes late.")]
    [InlineData("I'm 100% sure.")]
    [InlineData("I'm 5 feet tall.")]
    [InlineData("I turned 90 degrees.")]
    [InlineData("My name is mud.")]
    [InlineData("My name is not important.")]
    [InlineData("I'm married to my job.")]
    [InlineData("I'm engaged in a project.")]
    [InlineData("I'm single-handedly saving this.")]
    [InlineData("I'm vegan-curious.")]
    [InlineData("I'm not vegetarian.")]
    [InlineData("My phone is broken.")]
    [InlineData("My favourite restaurant is closed.")]
    [InlineData("My favourite part is when they meet.")]
    [InlineData("My favorite mug is here.")]
    [InlineData("The deadline is approaching.")]
    [InlineData("The meeting is tomorrow.")]
    [InlineData("I love that you asked.")]
    [InlineData("I love it!")]
    [InlineData("I love you.")]
    [InlineData("I love your idea.")]
    [InlineData("I like to think I'm funny.")]
    [InlineData("I also like holding them.")]
    [InlineData("I love escaping to this world.")]
    [InlineData("I like where this is going.")]
    [InlineData("I hate to say it.")]
    [InlineData("I'd like a coffee.")]
    [InlineData("I would love to go.")]
    [InlineData("I love the new logo.")]
    [InlineData("I love the train.")]
    [InlineData("I love Mondays, just kidding.")]
    [InlineData("Yeah right, I love Mondays.")]
    [InlineData("I love Mondays 🙄")]
    [InlineData("Everyone says I like jazz.")]
    [InlineData("Do you think I like jazz?")]
    [InlineData("Please use this file.")]
    [InlineData("Please use the attached link.")]
    [InlineData("Never say never.")]
    [InlineData("Always look on the bright side.")]
    [InlineData("Call me crazy.")]
    [InlineData("I went to the dentist.")]
    [InlineData("I went there the other day.")]
    [InlineData("I almost went to Rome yesterday.")]
    [InlineData("I wanted to go to Rome yesterday.")]
    [InlineData("I didn't go to Rome yesterday.")]
    [InlineData("I'm thinking of Rome tomorrow.")]
    [InlineData("I might fly to Rome tomorrow.")]
    [InlineData("I'm looking forward to Friday.")]
    [InlineData("I will never go there next year.")]
    [InlineData("I have a dog show.")]
    [InlineData("I have a cat allergy.")]
    [InlineData("Anna lives in Berlin.")]
    [InlineData("Write a story: I live in Berlin.")]
    [InlineData("Sounds good, thanks!")]
    [InlineData("")]
    public void What_is_not_sure_gives_nothing(string text) => Assert.Empty(Read(text));

    [Theory]
    [InlineData("I no longer work at Google.", "employer", "google")]
    [InlineData("I don't work at Google anymore.", "employer", "google")]
    [InlineData("I do not live in Paris any more.", "residence", "paris")]
    [InlineData("I'm no longer vegetarian.", "diet", "vegetarian")]
    [InlineData("I'm not married anymore.", "marital-status", "married")]
    public void No_longer_ends_a_fact(string text, string attribute, string value)
    {
        Statement statement = Assert.Single(Read(text));
        Assert.Equal(("user/" + attribute, value, true), (statement.FactKey, statement.Value, statement.IsNegated));
    }

    [Theory]
    [InlineData("I've lived in Oslo since 2019.", "2019-01-01")]
    [InlineData("I moved to Paris last week.", "2023-06-05")]
    [InlineData("Last week I moved to Paris.", "2023-06-05")]
    [InlineData("I've been living in Rome since March.", "2023-03-01")]
    public void A_fact_holds_from_the_time_that_it_names(string text, string from) =>
        Assert.Equal(Day(from), Assert.Single(Read(text)).Valid.From);

    [Fact]
    public void A_fact_holds_from_the_time_said_when_it_names_none() =>
        Assert.Equal(Said, Assert.Single(Read("I live in Berlin.")).Valid.From);

    [Fact]
    public void Two_statements_of_a_sentence_get_a_clause_each()
    {
        IReadOnlyList<Statement> read = Read("Hey, my name is Bob and I live in Berlin, but I work at Siemens.");
        Assert.Equal(["my name is Bob", "and I live in Berlin", "but I work at Siemens."], read.Select(statement => statement.Text));
        Assert.Equal(["user/name", "user/residence", "user/employer"], read.Select(statement => statement.FactKey));
    }

    [Fact]
    public void The_speaker_names_the_key_and_an_assistant_without_a_name_has_none()
    {
        Message message = Make("I live in Berlin.");
        Assert.Equal("melanie b/residence", Assert.Single(StatementReader.Read(message with { Speaker = " Melanie B" })).FactKey);
        Assert.Equal("jon/residence", Assert.Single(StatementReader.Read(message with { Role = MessageRole.Assistant, Speaker = "Jon" })).FactKey);
        Assert.Empty(StatementReader.Read(message with { Role = MessageRole.Assistant }));
        Assert.Empty(StatementReader.Read(message with { Role = MessageRole.System, Speaker = "Jon" }));
        Assert.Empty(StatementReader.Read(message with { Role = MessageRole.Tool }));
        Assert.Empty(StatementReader.Read(message with { Role = MessageRole.Document }));
    }

    [Fact]
    public void Text_that_recall_put_into_a_prompt_is_not_read()
    {
        string text = InjectionStamp.Wrap("I live in Rome.") + "\nI live in Berlin.";
        Statement statement = Assert.Single(Read(text));
        Assert.Equal("berlin", statement.Value);
        Assert.Equal("I live in Berlin.", text.Substring(statement.Start, statement.Length));
    }

    [Fact]
    public void Any_text_is_read_without_an_error_and_in_time_linear_in_its_length()
    {
        Assert.Empty(Read(new string('"', 19_999) + "I live in Berlin"));
        Assert.Empty(Read(string.Concat(Enumerable.Repeat("I my we ", 20_000))));
        Assert.Empty(Read("I " + new string('a', 100_000) + " my"));
        Assert.Empty(Read("\uD800 I \uDC00 my `"));
        Assert.Equal(5_000, Read(string.Concat(Enumerable.Repeat("I live in Berlin. ", 5_000))).Count);
    }

    private static IReadOnlyList<Statement> Read(string text) => StatementReader.Read(Make(text));

    private static Message Make(string text) => new() { Id = "m", Text = text, Time = Said };

    private static DateTimeOffset Day(string day) => new(DateTime.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), Said.Offset);
}
