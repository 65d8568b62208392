//! One file per story of a message's life.

mod accepted;
mod case_system;
mod correspondence;
mod dialogue;
mod follow_up;
mod kinds;
mod mail_is_down;
mod passed_on;
mod privacy;
mod proved_writer;
mod receipts;
mod rejected;
mod reload;
mod repeated;
mod said_to_the_sender;
mod same_report;
mod send_by_hand;
mod stuck;
mod together;
mod tolerated;
mod webhook;
