using FsCheck;
using FsCheck.Fluent;
using MemOS.Text;
using Xunit;

namespace MemOS.Text.Tests;

public class TextAnalyzerTests
{
    [Theory]
    [InlineData("Wir haben gestern die Gärten gesehen", "Wo war der Garten?", "gart")]
    [InlineData("Mio fratello ha comprato una bicicletta", "Che cosa hanno fatto i fratelli?", "fratell")]
    [InlineData("Minha irmã comprou uma bicicleta nova", "Onde estão as bicicletas da minha irmã?", "biciclet")]
    [InlineData("Mijn zus heeft een nieuw boek gekocht", "Waar zijn de boeken van mijn zus?", "boek")]
    [InlineData("Jag har sålt bilen till min syster", "Var är våra bilar?", "bil")]
    [InlineData("Вчера мы купили новую машину", "Где стоят наши новые машины?", "машин")]
    public void Inflected_forms_in_two_texts_of_a_language_are_one_term(string text, string question, string term)
    {
        Assert.Contains(term, TextAnalyzer.Analyze(text));
        Assert.Contains(term, TextAnalyzer.Analyze(question));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("The cats were running", "cat run")]
    [InlineData("Caroline's painting", "carolin paint")]
    [InlineData("Caroline\u2019s PAINTING!", "carolin paint")]
    [InlineData("I don't know, can't say, won't tell", "know say tell")]
    [InlineData("Who won the race? We've won.", "won race won")]
    [InlineData("O'Brien", "obrien")]
    [InlineData("café Ångström Straße æon Łódź", "cafe angstrom strass aeon lodz")]
    [InlineData("cafe\u0301 na\u00EFve", "cafe naiv")]
    [InlineData("Việt Nam", "viet nam")]
    [InlineData("ＡＢＣ１２", "abc12")]
    [InlineData("route 66, a1b2s, 2023-05-08", "rout 66 a1b2s 2023 05 08")]
    [InlineData("snake_case e-mail", "snake case e mail")]
    [InlineData("我喜欢猫", "我喜 喜欢 欢猫")]
    [InlineData("猫", "猫")]
    [InlineData("東京へ行く", "東京 京へ へ行 行く")]
    [InlineData("한국어 말", "한국 국어 말")]
    [InlineData("Tokyo東京tower", "tokyo 東京 tower")]
    [InlineData("ภาษา", "ภา าษ ษา")]
    [InlineData("\U00020000\U00020001", "\U00020000\U00020001")]
    [InlineData("Привет МИР", "привет мир")]
    [InlineData("Όμηρος ΟΔΥΣΣΕΥΣ", "ομηροσ οδυσσευσ")]
    [InlineData("مُحَمَّد", "محمد")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("ham\uD800ster 😀 dog", "ham ster dog")]
    [InlineData("soft\u00ADware", "softwar")]
    public void A_text_becomes_its_terms(string text, string terms) =>
        Assert.Equal(terms.Split(' ', StringSplitOptions.RemoveEmptyEntries), TextAnalyzer.Analyze(text));

    [Theory]
    [InlineData("Die Kinder haben gestern die schönen Häuser gesehen", "Wann wurde das Haus gekauft?", "haus")]
    [InlineData("L'école qu'elle a choisie est près d'ici", "Quelles écoles sont fermées ?", "ecol")]
    [InlineData("Nos dieron dos habitaciones con vistas", "¿Cómo era la habitación que nos dieron?", "habit")]
    [InlineData("C'est l'anniversaire de ma sœur", "Quand a lieu l'anniversaire de ta soeur ?", "soeur")]
    public void Forms_of_a_word_meet_in_its_stem(string text, string question, string stem)
    {
        Assert.Contains(stem, TextAnalyzer.Analyze(text));
        Assert.Contains(stem, TextAnalyzer.Analyze(question));
    }

    [Fact]
    public void A_very_long_word_counts_with_its_first_characters() =>
        Assert.Equal([new string('7', TextAnalyzer.LongestTerm)], TextAnalyzer.Analyze(new string('7', 10_000)));

    [Fact]
    public void Any_text_gives_terms_that_are_neither_empty_nor_too_long() =>
        Prop.ForAll<string>(text => TextAnalyzer.Analyze(text ?? "").All(t => t.Length is > 0 and <= TextAnalyzer.LongestTerm))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_sequence_of_code_units_is_taken() =>
        Prop.ForAll(
            Gen.Choose(0, 0xFFFF).Select(c => (char)c).ArrayOf().ToArbitrary(),
            chars => TextAnalyzer.Analyze(new string(chars)).All(t => t.Length > 0)).QuickCheckThrowOnFailure();

    [Fact]
    public void Case_does_not_matter() =>
        Prop.ForAll(
            Gen.Elements("Cats", "don't", "Émile", " ", "ß", "x9", "'s").ArrayOf().ToArbitrary(),
            parts => TextAnalyzer.Analyze(string.Concat(parts).ToUpperInvariant())
                .SequenceEqual(TextAnalyzer.Analyze(string.Concat(parts).ToLowerInvariant()))).QuickCheckThrowOnFailure();
}
