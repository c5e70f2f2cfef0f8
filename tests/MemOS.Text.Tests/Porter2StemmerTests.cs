using FsCheck;
using FsCheck.Fluent;
using MemOS.Text;
using Xunit;

namespace MemOS.Text.Tests;

public class Porter2StemmerTests
{
    // From the worked vocabulary of the published description, and from its rules step by step.
    private const string Vocabulary =
        "consign consign,consigned consign,consigning consign,consignment consign,consist consist,consisted consist,consistency consist,"
        + "consistent consist,consistently consist,consisting consist,consists consist,consolation consol,consolations consol,"
        + "consolatory consolatori,console consol,consoled consol,consoles consol,consolidate consolid,consolidated consolid,"
        + "consolidating consolid,consoling consol,consolingly consol,consols consol,consonant conson,consort consort,consorted consort,"
        + "consorting consort,conspicuous conspicu,conspicuously conspicu,conspiracy conspiraci,conspirator conspir,"
        + "conspirators conspir,conspire conspir,conspired conspir,conspiring conspir,constable constabl,constables constabl,"
        + "constance constanc,constancy constanc,constant constant,knack knack,knackeries knackeri,knacks knack,knag knag,"
        + "knave knave,knaves knave,knavish knavish,kneaded knead,kneading knead,knee knee,kneel kneel,kneeled kneel,kneeling kneel,"
        + "kneels kneel,knees knee,knell knell,knelt knelt,knew knew,knick knick,knif knif,knife knife,knight knight,knightly knight,"
        + "knights knight,knit knit,knits knit,knitted knit,knitting knit,knives knive,knob knob,knobs knob,knock knock,"
        + "knocked knock,knocker knocker,knockers knocker,knocking knock,knocks knock,knopp knopp,knot knot,knots knot,"
        + "generalization general,general general,generally general,generate generat,generous generous,running run,runs run,"
        + "hopping hop,hoping hope,hoped hope,luxuriated luxuri,ties tie,cries cri,cry cri,by by,say say,gas gas,this this,gaps gap,"
        + "kiwis kiwi,skis ski,skies sky,sky sky,dying die,lying lie,tying tie,idly idl,gently gentl,ugly ugli,early earli,only onli,"
        + "singly singl,news news,howe howe,atlas atlas,cosmos cosmos,bias bias,andes andes,inning inning,innings inning,outing outing,"
        + "canning canning,herring herring,earring earring,proceed proceed,exceed exceed,succeed succeed,succeeds succeed,"
        + "caresses caress,happy happi,happiness happi,relational relat,conditional condit,rational ration,hopeful hope,"
        + "goodness good,adjustable adjust,adoption adopt,communism communism,communication communic,arsenal arsenal,agreed agre,"
        + "feed feed,bled bled,sing sing,plastered plaster,controlling control,rolling roll,falling fall,hissing hiss,fizzed fizz,"
        + "failing fail,filing file,abilities abil,a a,as as,youth youth,boy boy,boyish boyish,flying fli,sayings say";

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var pair in Vocabulary.Split(','))
        {
            pairs.Add(pair.Split(' ')[0], pair.Split(' ')[1]);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_word_has_the_stem_of_the_published_algorithm(string word, string stem) => Assert.Equal(stem, Porter2Stemmer.Stem(word));

    [Theory]
    [InlineData("dog's", "dog")]
    [InlineData("dogs'", "dog")]
    [InlineData("'tis", "tis")]
    [InlineData("", "")]
    [InlineData("'s", "'s")]
    public void Apostrophes_are_taken_off(string word, string stem) => Assert.Equal(stem, Porter2Stemmer.Stem(word));

    [Fact]
    public void A_stem_is_never_longer_than_the_word_and_any_string_is_taken() =>
        Prop.ForAll<string>(text =>
        {
            var word = (text ?? "").ToLowerInvariant();
            return Porter2Stemmer.Stem(word).Length <= word.Length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_word_of_suffixes_is_taken() =>
        Prop.ForAll(
            Gen.Elements("'", "s", "y", "ing", "ed", "li", "ogi", "ational", "eed", "e", "l", "ll", "ion", "a", "b", "ies", "ness", "ful")
                .ArrayOf().ToArbitrary(),
            parts => Porter2Stemmer.Stem(string.Concat(parts)).Length <= string.Concat(parts).Length)
            .QuickCheckThrowOnFailure();
}
