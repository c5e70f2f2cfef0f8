using MemOS.Reader.Instructions;

namespace MemOS.Core.Tests.Reader.Instructions;

public sealed class InstructionReaderTests
{
    [Theory]
    [InlineData("Change it to next Friday.", "", null, "next Friday", true)]
    [InlineData("Could you move that to 3pm?", "", null, "3pm", true)]
    [InlineData("Please change the dentist appointment from Monday to Tuesday", "the dentist appointment", "Monday", "Tuesday", false)]
    [InlineData("Replace Berlin with Paris", "", "Berlin", "Paris", false)]
    [InlineData("No, my flight is on Monday, not Sunday.", "my flight is on", "Sunday", "Monday", false)]
    [InlineData("The meeting is not on Monday but on Thursday.", "The meeting is", "Monday", "Thursday", false)]
    [InlineData("The colour should be teal instead of green.", "The colour", "green", "teal", false)]
    [InlineData("Make it 12 people", "", null, "12 people", true)]
    public void A_value_to_be_replaced_is_read(string text, string topic, string? old, string value, bool back)
    {
        MemoryCall call = InstructionReader.Read(text);
        Assert.Equal(MemoryIntent.Replace, call.Intent);
        Assert.Equal((topic, old, value, back), (call.Topic, call.Old, call.New, call.RefersBack));
    }

    [Theory]
    [InlineData("Forget that I like coffee.", "I like coffee", false)]
    [InlineData("please delete everything about my ex-husband", "my ex-husband", false)]
    [InlineData("Don't remember the fact that I smoke", "I smoke", false)]
    [InlineData("Forget it.", "", true)]
    [InlineData("forget what I said about the surprise party", "the surprise party", false)]
    public void What_is_to_be_forgotten_is_read(string text, string topic, bool back)
    {
        MemoryCall call = InstructionReader.Read(text);
        Assert.Equal((MemoryIntent.Forget, topic, back), (call.Intent, call.Topic, call.RefersBack));
    }

    [Theory]
    [InlineData("That's wrong, I live in Lyon.", "I live in Lyon.")]
    [InlineData("No, I have two brothers", "I have two brothers")]
    [InlineData("Actually, my boss is called Ines.", "my boss is called Ines.")]
    public void A_correction_is_read_with_what_is_right(string text, string statement)
    {
        MemoryCall call = InstructionReader.Read(text);
        Assert.Equal((MemoryIntent.Correct, statement), (call.Intent, call.New));
    }

    [Theory]
    [InlineData("Also, I have a dog named Rex.", "I have a dog named Rex.")]
    [InlineData("Remember that the gate code is 4711", "the gate code is 4711")]
    [InlineData("The garden needs water twice a week.", "The garden needs water twice a week.")]
    public void Everything_else_is_something_new(string text, string statement)
    {
        MemoryCall call = InstructionReader.Read(text);
        Assert.Equal((MemoryIntent.Supplement, statement), (call.Intent, call.New));
    }

    [Fact]
    public void That_something_is_wrong_without_saying_what_is_right_refers_back() =>
        Assert.Equal(new MemoryCall(MemoryIntent.Correct, "", null, null, RefersBack: true), InstructionReader.Read("No, that's wrong."));

    [Fact]
    public void No_text_makes_it_throw()
    {
        Random random = new(7);
        string alphabet = "no, that change it to not but from with should be forget about \n\u0000\ud83d\ude00.,;:'\"";
        for (int i = 0; i < 2_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(0, 30)).Select(_ => alphabet.Substring(random.Next(alphabet.Length - 6), 6)));
            Assert.NotNull(InstructionReader.Read(text));
        }
    }
}
