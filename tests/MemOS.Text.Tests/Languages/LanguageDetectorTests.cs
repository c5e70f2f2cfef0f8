using MemOS.Text.Languages;
using Xunit;

namespace MemOS.Text.Tests.Languages;

public class LanguageDetectorTests
{
    [Theory]
    [InlineData("Wann fährt morgen der Zug nach Wien?", "German")]
    [InlineData("Ja, genau das meine ich.", "German")]
    [InlineData("Straße", "German")]
    [InlineData("Où est-ce que tu as mis les clés ?", "French")]
    [InlineData("C'est pour ma sœur.", "French")]
    [InlineData("¿Cuánto cuesta?", "Spanish")]
    [InlineData("Mi hermana llega mañana con los niños", "Spanish")]
    [InlineData("Dove hai messo le chiavi della macchina?", "Italian")]
    [InlineData("Onde você colocou as chaves do carro?", "Portuguese")]
    [InlineData("Waar heb je de sleutels van de auto gelegd?", "Dutch")]
    [InlineData("Var har du lagt nycklarna till bilen?", "Swedish")]
    [InlineData("Куда ты положила ключи от машины?", "Russian")]
    [InlineData("Вчера мы были у моей сестры", "Russian")]
    [InlineData("Куди ти поклав ключі від машини?", "English")]
    [InlineData("Къде си сложил ключовете от колата?", "English")]
    [InlineData("Где", "Russian")]
    [InlineData("Москва", "English")]
    [InlineData("When does the train leave?", "English")]
    [InlineData("I had a café au lait with José in San Francisco", "English")]
    [InlineData("Die Hard was on at the Las Vegas hotel, my son had seen it", "English")]
    [InlineData("Hamburg", "English")]
    [InlineData("", "English")]
    [InlineData("42 !! ??", "English")]
    [InlineData("我喜欢猫", "English")]
    public void The_language_is_told_from_a_sentence_and_doubt_is_English(string text, string language) =>
        Assert.Equal(language, LanguageDetector.Detect(text).ToString());

    [Fact]
    public void Detection_allocates_nothing()
    {
        const string Text = "Gestern haben wir im Garten gesessen und über die Reise nach Zingst gesprochen.";
        LanguageDetector.Detect(Text);
        long before = GC.GetAllocatedBytesForCurrentThread();
        LanguageDetector.Detect(Text);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
