using FsCheck;
using FsCheck.Fluent;
using MemOS.Text.Languages;
using MemOS.Text.Stemming;
using Xunit;

namespace MemOS.Text.Tests.Stemming;

public class StemmersTests
{
    [Theory]
    [InlineData("German")]
    [InlineData("French")]
    [InlineData("Spanish")]
    [InlineData("Italian")]
    [InlineData("Portuguese")]
    [InlineData("Dutch")]
    [InlineData("Swedish")]
    [InlineData("Russian")]
    public void Words_have_the_stems_of_the_published_algorithms_but_for_accents(string name)
    {
        TextLanguage language = Enum.Parse<TextLanguage>(name);
        string[] pairs = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Stemming", "Vocabularies", $"{name.ToLowerInvariant()}.txt"));
        Assert.Equal(1500, pairs.Length);
        Assert.All(pairs, pair =>
        {
            string[] parts = pair.Split(' ');
            Assert.Equal(Folded(parts[1]), Folded(Stem(parts[0], language)));
        });
    }

    [Theory]
    [InlineData("Italian", "abbandonato", "abbandon")]
    [InlineData("Italian", "abbandoneranno", "abbandon")]
    [InlineData("Italian", "pronunciamento", "pronunc")]
    [InlineData("Portuguese", "quilométricas", "quilométr")]
    [InlineData("Portuguese", "nacionalidades", "nacional")]
    [InlineData("Portuguese", "corações", "coraçõ")]
    [InlineData("Dutch", "lichamelijkheden", "licham")]
    [InlineData("Dutch", "opgegeven", "opgegev")]
    [InlineData("Dutch", "manen", "man")]
    [InlineData("Swedish", "jaktkarlarna", "jaktkarl")]
    [InlineData("Swedish", "klostergården", "klostergård")]
    [InlineData("Swedish", "hopplöst", "hopplös")]
    [InlineData("Russian", "важнейшими", "важн")]
    [InlineData("Russian", "вальсирующие", "вальсир")]
    [InlineData("Russian", "павловнами", "павловн")]
    public void Well_known_words_have_their_stems(string language, string word, string stem) => Assert.Equal(stem, Stem(word, Enum.Parse<TextLanguage>(language)));

    [Fact]
    public void A_stem_is_never_empty_and_never_longer_than_its_word()
    {
        var letter = Gen.Elements("abcdefghijklmnopqrstuvwxyzäöüàâçéèêëîïôùûáíóúñãõåìабвгдеёийклмностуфшщыьюя".ToCharArray());
        Prop.ForAll(Gen.ArrayOf(letter).Where(letters => letters.Length is > 0 and < 30).ToArbitrary(), letters =>
            Enum.GetValues<TextLanguage>().All(language => Stem(new string(letters), language).Length is var length && length > 0 && length <= letters.Length)).QuickCheckThrowOnFailure();
    }

    private static string Stem(string word, TextLanguage language)
    {
        Span<char> letters = word.ToCharArray();
        return letters[..Stemmers.Stem(letters, language)].ToString();
    }

    private static string Folded(string word) => string.Concat(word.Select(AccentFolding.Fold));
}
